using System.Runtime.CompilerServices;

namespace Resilience.Tests.Kit;

/// <summary>
/// Golden files: what others rely on, kept beside the test as <c>Golden/NAME</c>. A difference fails and shows where; set
/// <c>RESILIENCE_BLESS=1</c> to accept the new text on purpose, and look at the diff before committing it.
/// </summary>
public static class Golden
{
    /// <summary>Holds a text against its golden file in the folder <c>Golden</c> beside the calling test.</summary>
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        var normal = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("RESILIENCE_BLESS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, normal);
            return;
        }

        Assert.True(File.Exists(file), $"{file} is missing: run once with RESILIENCE_BLESS=1 and read it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), normal);
    }
}
