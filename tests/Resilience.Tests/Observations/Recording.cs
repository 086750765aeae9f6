using System.IO.Compression;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations;

/// <summary>Answers of real feeds, kept in <c>Recordings/</c> with their source and licence.</summary>
internal static class Recording
{
    internal static byte[] Bytes(string name)
    {
        var bytes = File.ReadAllBytes(Repository.Path("tests", "Resilience.Tests", "Observations", "Recordings", name));
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return bytes;
        }

        using var decoded = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
        {
            gzip.CopyTo(decoded);
        }

        return decoded.ToArray();
    }

    internal static async Task<ParsedPayload> ParseAsync(string format, string name)
    {
        var parsed = new ParsedPayload();
        await FeedFormats.Find(format)!.ReadObservationsAsync(new MemoryStream(Bytes(name)), Prefix(format), parsed, CancellationToken.None);
        return parsed;
    }

    internal static async Task<ParsedPayload> ParseStationsAsync(string format, string name)
    {
        var parsed = new ParsedPayload();
        await FeedFormats.Find(format)!.ReadStationsAsync(new MemoryStream(Bytes(name)), Prefix(format), parsed, CancellationToken.None);
        return parsed;
    }

    private static string Prefix(string format) => FeedFormats.Find(format)!.Prefix ?? "t";
}
