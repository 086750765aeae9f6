using System.Diagnostics;
using System.Text.Json;

namespace Resilience.Tests.Kit;

/// <summary>
/// An independent implementation from npm, asked through a small script: <c>package.json</c> and script lie in a folder
/// <c>Oracle</c> beside the test. Without node or the packages the test fails; it never passes by not asking.
/// </summary>
public static class NodeOracle
{
    private static readonly Lock Installing = new();

    /// <summary>Runs a script with JSON on its standard input; returns the JSON it prints.</summary>
    public static JsonElement Ask(string folder, string script, object input)
    {
        Install(folder);
        using var node = Start("node", [script], folder);
        node.StandardInput.Write(JsonSerializer.Serialize(input));
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(output).RootElement;
    }

    private static void Install(string folder)
    {
        lock (Installing)
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                using var npm = Start("npm", ["ci", "--no-audit", "--no-fund"], folder);
                npm.StandardInput.Close();
                var errors = npm.StandardError.ReadToEndAsync();
                npm.StandardOutput.ReadToEnd();
                npm.WaitForExit();
                Assert.True(npm.ExitCode == 0, errors.Result);
            }
        }
    }

    private static Process Start(string program, string[] arguments, string folder) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
