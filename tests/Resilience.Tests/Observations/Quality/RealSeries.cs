using System.IO.Compression;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Quality;
using Resilience.Observations.Storing;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Quality;

/// <summary>Series of real gauges out of the recordings, as long as they are, to be judged as they came or with faults put in.</summary>
/// <param name="Id">The datastream.</param>
/// <param name="Property">What it observes.</param>
/// <param name="Unit">The source's unit.</param>
/// <param name="Every">The interval it keeps.</param>
/// <param name="Values">In time order.</param>
internal sealed record RealSeries(string Id, ObservedProperty Property, string Unit, TimeSpan Every, SeriesValue[] Values)
{
    /// <summary>The Pearl River in flood at Bogalusa, February 2019, and other gauges of the USGS.</summary>
    internal static async Task<IReadOnlyList<RealSeries>> OfRiversAsync()
    {
        List<RealSeries> all = [.. await PearlRiverAsync()];
        foreach (var name in new[] { "JSON15min2day", "diff_freq", "endDST", "mult_flags" })
        {
            all.AddRange(From(await Recording.ParseAsync("usgs-iv", $"usgs-iv-{name}.json")).Select(series => series with { Id = $"{series.Id} ({name})" }));
        }

        return all;
    }

    /// <summary>The Pearl River, 25 February to 1 March 2019.</summary>
    internal static Task<IReadOnlyList<RealSeries>> PearlRiverAsync() => FromGeodataAsync("usgs-iv", "pearl-river-2019", "instantaneous-values.json.gz");

    /// <summary>Made, after the published figures of the outburst of Thorthormi Tsho on 20 June 2019.</summary>
    internal static Task<IReadOnlyList<RealSeries>> OutburstAsync() => FromGeodataAsync("usgs-ogc", "thorthormi-2019-drill", "continuous.json");

    internal QualityFlags[] Judge() => Judge(Values);

    internal QualityFlags[] Judge(SeriesValue[] values) =>
        FlagSeries.Judge(values, 0, QualityRules.Default.LimitsFor(Property, Unit), Every, QualityRules.Default).Flags;

    private static async Task<IReadOnlyList<RealSeries>> FromGeodataAsync(string format, string recording, string file)
    {
        await using Stream bytes = File.OpenRead(Repository.Path("geodata", "recordings", recording, file));
        await using var document = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        var parsed = new ParsedPayload();
        await FeedFormats.Find(format)!.ReadObservationsAsync(document, "t", parsed, CancellationToken.None);
        return From(parsed);
    }

    private static List<RealSeries> From(ParsedPayload parsed) => [.. parsed.Observations.GroupBy(value => value.DatastreamId)
        .Select(group =>
        {
            var datastream = parsed.Datastreams[group.Key];
            var values = group.DistinctBy(value => value.Time).OrderBy(value => value.Time)
                .Select(value => new SeriesValue(value.Time, value.Result, value.Doubted ? QualityFlags.Qualifier : QualityFlags.None)).ToArray();
            var steps = values.Zip(values.Skip(1), (one, next) => next.Time - one.Time).Order().ToList();
            return new RealSeries(group.Key, datastream.Property, datastream.Unit, steps.Count == 0 ? TimeSpan.FromDays(1) : steps[steps.Count / 2], values);
        })
        .Where(series => QualityRules.Default.LimitsFor(series.Property, series.Unit) is not null).OrderBy(series => series.Id, StringComparer.Ordinal)];
}
