using System.Diagnostics;
using System.Text;
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
}
