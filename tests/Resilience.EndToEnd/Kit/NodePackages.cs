using System.Diagnostics;

namespace Resilience.EndToEnd.Kit;

/// <summary>The npm packages the tests lean on (package.json beside the project), installed on first use.</summary>
public static class NodePackages
{
    private static readonly Lazy<Task<string>> Folder = new(InstallAsync);

    /// <summary>Full path of a file inside an installed package.</summary>
    public static async Task<string> FileAsync(string relative) => Path.Combine(await Folder.Value, relative);

    private static async Task<string> InstallAsync()
    {
        var project = Path.Combine(RunningServer.Root, "tests", "Resilience.EndToEnd");
        var modules = Path.Combine(project, "node_modules");
        if (!File.Exists(Path.Combine(modules, "axe-core", "axe.min.js")))
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = project })!;
            await npm.WaitForExitAsync();
            Assert.Equal(0, npm.ExitCode);
        }

        return modules;
    }
}
