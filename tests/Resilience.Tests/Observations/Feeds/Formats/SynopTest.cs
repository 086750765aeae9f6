using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>SYNOP of real bulletins: group by group, with what is missing left missing.</summary>
public sealed class SynopTest
{
    private static readonly IFeedFormat Format = new Synop(null).At(new DateTimeOffset(2023, 1, 17, 19, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_real_bulletin_is_read_station_by_station()
    {
        var parsed = new ParsedPayload();
        await Format.ReadObservationsAsync(new MemoryStream(Recording.Bytes("synop-romania.txt")), "wigos", parsed, CancellationToken.None);
        Assert.Empty(parsed.Refused);
        Assert.Equal(
            [("wind-speed", 2), ("wind-direction", 170), ("air-temperature", 5.7), ("dew-point", 3.6), ("wind-gust", 8), ("rain-3h", 0.7), ("rain-6h", 2), ("relative-humidity", 86.4)],
            Values(parsed, "0-20000-0-15015"));
        Assert.Equal(997.6, Value(parsed, "0-20000-0-15020", "sea-level-pressure"));
        Assert.Equal(1003.5, Value(parsed, "0-20000-0-15335", "sea-level-pressure"));
        Assert.All(parsed.Observations, value => Assert.Equal(new DateTimeOffset(2023, 1, 17, 12, 0, 0, TimeSpan.Zero), value.Time));
    }

    [Theory]
    [InlineData("15015 01597 71702 10057 20036", "wind-speed 2, wind-direction 170, air-temperature 5.7, dew-point 3.6")]
    [InlineData("15015 01597 79999 00105 11102", "wind-speed 105, air-temperature -10.2")]
    [InlineData("15015 01597 70000 1//// 20036", "wind-speed 0, dew-point 3.6")]
    [InlineData("15015 01597 7//// 1005 20036 30028", "dew-point 3.6")]
    [InlineData("15015 01597 /9905 29087 40133", "wind-speed 5, relative-humidity 87, sea-level-pressure 1013.3")]
    [InlineData("15280 01/90 92518 11047 37334 48315", "wind-speed 18, wind-direction 250, air-temperature -4.7")]
    [InlineData("15015 01597 71702 69901 333 70125 91017 91121", "wind-speed 2, wind-direction 170, wind-gust 21, rain-6h 0, rain-24h 12.5")]
    [InlineData("15015 01597 71702 69945 333 60107", "wind-speed 2, wind-direction 170, rain-1h 0.4, rain-3h 10")]
    [InlineData("15015 01597 71702 555 10057", "wind-speed 2, wind-direction 170")]
    [InlineData("15015 01597 71702 20036 10057", "wind-speed 2, wind-direction 170, dew-point 3.6")]
    public async Task Groups_are_told_by_their_first_figure(string report, string values)
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Format, $"AAXX 17121\n{report}=\n");
        Assert.Null(trouble);
        Assert.Equal(values, string.Join(", ", parsed.Observations.Where(value => value.Qualifier is null).Select(value => FormattableString.Invariant($"{value.DatastreamId[(value.DatastreamId.LastIndexOf(':') + 1)..]} {value.Result}"))));
    }

    [Fact]
    public async Task Knots_are_converted_and_an_unknown_unit_gives_no_wind()
    {
        Assert.Equal(1.03, (await Fuzz.ReadAsync(Format, "AAXX 17124\n15015 01597 71702=\n")).Parsed.Observations[0].Result);
        Assert.Equal(1, (await Fuzz.ReadAsync(Format, "AAXX 1712/\n15015 01597 71702=\n")).Parsed.Missing);
    }

    [Fact]
    public async Task Nil_is_a_sign_of_life_a_ship_is_not_read_and_a_corrected_bulletin_replaces()
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, "SMRO01 YRBK 171200\nAAXX 17121\n15015 NIL=\n15020 02597 61303 10104=\nBBXX\nSHIP1 17121 99451 70321 41/97 71702 10201=\nSMRO01 YRBK 171200 CCA\nAAXX 17121\n15020 02597 61303 10114=\n");
        Assert.Equal(1, parsed.Missing);
        Assert.Equal(11.4, Assert.Single(parsed.Observations, value => value.DatastreamId.EndsWith("air-temperature", StringComparison.Ordinal)).Result);
    }

    [Fact]
    public async Task Half_a_report_at_the_end_of_a_broken_answer_is_not_read()
    {
        var document = Recording.Bytes("synop-romania.txt");
        var whole = (await Fuzz.ReadAsync(Format, document)).Parsed.Observations;
        for (var length = 1; length < document.Length; length += 3)
        {
            var cut = (await Fuzz.ReadAsync(Format, document[..length])).Parsed.Observations;
            Assert.Equal(whole.Take(cut.Count), cut);
        }
    }

    [Theory]
    [InlineData("AAXX 32121\n15015 01597 71702=\n", "no-time")]
    [InlineData("AAXX 1712\n15015 01597 71702=\n", "no-time")]
    [InlineData("AAXX 17121\n150x5 01597 71702=\n", "no-station-id")]
    public async Task What_cannot_be_placed_is_set_aside(string text, string reason) => Assert.Equal([reason], (await Fuzz.ReadAsync(Format, text)).Parsed.Refused.Keys);

    [Fact]
    public Task Damaged_bulletins_break_nothing() => Fuzz.NothingBreaksAsync(Format, Recording.Bytes("synop-romania.txt"));

    private static double Value(ParsedPayload parsed, string station, string code) => parsed.Observations.Single(value => value.DatastreamId == $"wigos:{station}:{code}").Result;

    private static List<(string Code, double Value)> Values(ParsedPayload parsed, string station) =>
        [.. parsed.Observations.Where(value => value.DatastreamId.StartsWith($"wigos:{station}:", StringComparison.Ordinal)).Select(value => (value.DatastreamId[(value.DatastreamId.LastIndexOf(':') + 1)..], value.Result))];
}
