using Resilience.Tests.Kit;

namespace Resilience.Tests.Rules;

/// <summary>The source files the rules speak about.</summary>
internal static class SourceTree
{
    private static readonly string[] Extensions = [".cs", ".ts", ".tsx"];
    private static readonly string[] NotOurs = ["artifacts", "node_modules", "wwwroot", "dist", "obj", "bin"];

    /// <summary>All hand-written sources, as paths relative to the root with forward slashes.</summary>
    internal static IEnumerable<string> ListSources() =>
        new[] { "src", "tests" }.SelectMany(top => Walk(new DirectoryInfo(Repository.Path(top))))
            .Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'));

    internal static string Read(string relative) => File.ReadAllText(Repository.Path(relative));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo directory)
    {
        if (NotOurs.Contains(directory.Name))
        {
            return [];
        }

        return directory.EnumerateFiles().Where(file => Extensions.Contains(file.Extension))
            .Concat(directory.EnumerateDirectories().SelectMany(Walk));
    }
}
