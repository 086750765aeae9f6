using System.Runtime.CompilerServices;

namespace Resilience.Tests.Kit;

/// <summary>Where the checkout lies, so that tests find <c>geodata</c>, <c>models</c> and the sources.</summary>
public static class Repository
{
    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path under the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find([CallerFilePath] string here = "")
    {
        var directory = new DirectoryInfo(System.IO.Path.GetDirectoryName(here)!);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Resilience.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("Resilience.sln not found above the tests.");
        }

        return directory.FullName;
    }
}
