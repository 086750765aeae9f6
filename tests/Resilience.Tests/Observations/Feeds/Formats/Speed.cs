using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>Says how fast a reader is, and fails only where something grows out of proportion: test computers are busy.</summary>
internal static class Speed
{
    internal static async Task ReportAsync(IFeedFormat format, string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var clock = Stopwatch.StartNew();
        var (parsed, trouble) = await Fuzz.ReadAsync(format, bytes);
        Assert.Null(trouble);
        Assert.NotEmpty(parsed.Observations);
        TestContext.Current.TestOutputHelper?.WriteLine($"{format.Name}: {bytes.Length / 1e6:0.0} MB, {parsed.Observations.Count:N0} values in {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    /// <summary>A document that takes too long is left where it is, with what was read until then.</summary>
    internal static async Task AssertEndsInTimeAsync(IFeedFormat format, string document)
    {
        using var gzip = new MemoryStream();
        await using (var zip = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(document));
        }

        var payload = new ReceivedPayload("x", document.Length, null, gzip.ToArray(), Complete: true);
        var (parsed, trouble) = await ParsePayload.ParseAsync(payload, "x", format.ReadObservationsAsync, CancellationToken.None, TimeSpan.FromMilliseconds(20));
        Assert.Equal("too-slow", trouble?.Reason);
        Assert.NotNull(parsed);
    }
}
