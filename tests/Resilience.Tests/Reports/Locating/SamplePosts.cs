using System.IO.Compression;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Reports.Locating;

/// <summary>Texts of the classifier's training posts.</summary>
internal static class SamplePosts
{
    internal static List<string> Of(string file, int count)
    {
        using var stream = File.OpenRead(Repository.Path("models", "training", file));
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        reader.ReadLine();
        var texts = new List<string>();
        while (texts.Count < count && reader.ReadLine() is { } line)
        {
            texts.Add(line.Split('\t')[3]);
        }

        return texts;
    }
}
