using System.Text;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>METAR and SPECI: what the station measured, never what a trend announces or what a corrupt group might have meant.</summary>
public sealed class MetarTest
{
    private static readonly DateTimeOffset Now = new(2020, 2, 26, 12, 40, 0, TimeSpan.Zero);
    private static readonly IFeedFormat Format = new Metar(null).At(Now);

    private const string Bulletin = """
        SAUK31 EGGY 261220
        METAR EGLL 261220Z AUTO 27015G27KT 240V300 9999 -RA SCT030 08/02 Q0998
        TEMPO 30025G40KT 2000 TSRA Q0990=
        SPECI EGCC 261215Z VRB03KT CAVOK M02/M05 Q1002 NOSIG=
        METAR EGKK 261220Z NIL=
        METAR VQPR 261200Z 00000KT 9999 FEW040 10/04 Q1015=

        """;

    [Fact]
    public async Task A_bulletin_gives_what_was_measured_and_not_what_the_trend_announces()
    {
        var parsed = await ParseAsync(Bulletin);
        Assert.Equal(
            [("wind-speed", 7.72), ("wind-direction", 270), ("wind-gust", 13.89), ("air-temperature", 8), ("dew-point", 2), ("sea-level-pressure", 998), ("relative-humidity", 65.9)],
            Values(parsed, "t:EGLL"));
        Assert.Equal([("wind-speed", 1.54), ("air-temperature", -2), ("dew-point", -5), ("sea-level-pressure", 1002), ("relative-humidity", 79.9)], Values(parsed, "t:EGCC"));
        Assert.Equal(1, parsed.Missing);
        Assert.Empty(parsed.Refused);
        Assert.All(parsed.Observations.Where(value => value.DatastreamId.StartsWith("t:EGLL", StringComparison.Ordinal)), value => Assert.Equal(new DateTimeOffset(2020, 2, 26, 12, 20, 0, TimeSpan.Zero), value.Time));
        var heathrow = parsed.Stations["t:EGLL"].Location;
        Assert.Equal((-0.45, 51.48), (Math.Round(heathrow.X, 2), Math.Round(heathrow.Y, 2)));
        Assert.DoesNotContain("t:VQPR", parsed.Stations.Keys); // not in the list that comes along: another list has to say
        Assert.Equal(0, Values(parsed, "t:VQPR").Single(value => value.Item1 == "wind-speed").Item2);
        Assert.DoesNotContain(Values(parsed, "t:VQPR"), value => value.Item1 == "wind-direction");
    }

    [Fact]
    public async Task North_American_remarks_give_tenths_sea_level_pressure_and_rain()
    {
        var parsed = await ParseAsync("2020/02/26 11:53\nKMOB 261153Z 18012KT 3SM RA BKN008 18/17 A2992 RMK AO2 SLP132 P0031 60102 70250 T01830167 10190\n");
        Assert.Equal(
            [("wind-speed", 6.17), ("wind-direction", 180), ("air-temperature", 18.3), ("dew-point", 16.7), ("sea-level-pressure", 1013.2), ("rain-1h", 7.87), ("rain-6h", 25.91), ("rain-24h", 63.5), ("relative-humidity", 90.4)],
            Values(parsed, "t:KMOB"));
        Assert.Equal(TimeSpan.FromHours(6), parsed.Datastreams["t:KMOB:rain-6h"].ExpectedEvery);
        Assert.Equal(ObservedProperty.Rainfall, parsed.Datastreams["t:KMOB:rain-6h"].Property);
    }

    [Theory]
    [InlineData("METAR EGLL 261220Z /////KT 9999 ///// Q////=", "")]
    [InlineData("METAR EGLL 261220Z 270G15KT 1O/02 Q09988=", "")]
    [InlineData("METAR EGLL 261220Z 27008MPS 12/// Q1013=", "wind-speed 8, wind-direction 270, air-temperature 12, sea-level-pressure 1013")]
    [InlineData("METAR EGLL 261220Z 27036KMH A2992=", "wind-speed 10, wind-direction 270, sea-level-pressure 1013.2")]
    [InlineData("METAR EGLL 261220Z Q0350=", "")]
    public async Task A_group_that_is_missing_or_corrupt_is_left_out_alone(string text, string values)
    {
        var parsed = await ParseAsync(text + "\n");
        Assert.Equal(values, string.Join(", ", Values(parsed, "t:EGLL").Where(value => value.Code != "relative-humidity").Select(value => FormattableString.Invariant($"{value.Code} {value.Value}"))));
        Assert.Equal(values.Length == 0 ? 1 : 0, parsed.Missing);
    }

    [Fact]
    public async Task A_correction_replaces_the_report_it_corrects()
    {
        var parsed = await ParseAsync("METAR EGLL 261220Z 27015KT 08/02 Q0998=\nMETAR EGCC 261220Z 09/02=\nMETAR COR EGLL 261220Z 27015KT 03/02 Q0998=\n");
        Assert.Equal(3, Values(parsed, "t:EGLL").Single(value => value.Code == "air-temperature").Value);
        Assert.Single(Values(parsed, "t:EGCC"), value => value.Code == "air-temperature");
    }

    [Theory]
    [InlineData("2020-03-01T00:10", "292350Z", "2020-02-29T23:50")]
    [InlineData("2019-03-01T00:10", "282350Z", "2019-02-28T23:50")]
    [InlineData("2020-01-31T23:55", "010000Z", "2020-02-01T00:00")]
    [InlineData("2020-01-01T00:05", "312355Z", "2019-12-31T23:55")]
    [InlineData("2020-05-01T06:00", "310600Z", null)]
    [InlineData("2020-05-15T06:00", "200600Z", "2020-04-20T06:00")]
    [InlineData("2020-03-01T06:00", "310600Z", null)]
    [InlineData("2020-03-01T06:00", "012561Z", null)]
    [InlineData("2020-03-01T06:00", "000600Z", null)]
    public async Task The_day_of_the_month_is_the_last_such_day(string now, string issued, string? time)
    {
        var parsed = new ParsedPayload();
        await new Metar(null).At(DateTimeOffset.Parse(now + "Z", System.Globalization.CultureInfo.InvariantCulture)).ReadObservationsAsync(new MemoryStream(Encoding.UTF8.GetBytes($"METAR EGLL {issued} 08/02=\n")), "t", parsed, CancellationToken.None);
        if (time is null)
        {
            Assert.Equal(["no-time"], parsed.Refused.Keys);
        }
        else
        {
            Assert.Equal(DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture), parsed.Observations[0].Time);
        }
    }

    [Fact]
    public async Task A_list_of_the_agencys_own_gives_positions()
    {
        var parsed = new ParsedPayload();
        await Format.ReadStationsAsync(new MemoryStream("VQXX\tHigh Pass\t90.5\t27.9\nbad\n"u8.ToArray()), "t", parsed, CancellationToken.None);
        Assert.Equal(("High Pass", 90.5), (parsed.Stations["t:VQXX"].Name, parsed.Stations["t:VQXX"].Location.X));
        Assert.Equal(["not-understood"], parsed.Refused.Keys);
    }

    [Fact]
    public async Task Half_a_report_at_the_end_of_a_broken_answer_is_not_read()
    {
        var whole = (await ParseAsync(Bulletin)).Observations;
        for (var length = 1; length < Bulletin.Length; length++)
        {
            var (cut, _) = await Fuzz.ReadAsync(Format, Bulletin[..length]);
            Assert.Equal(whole.Take(cut.Observations.Count), cut.Observations.Select(value => value with { DatastreamId = value.DatastreamId }));
        }
    }

    [Fact]
    public async Task A_text_without_a_report_is_refused() => Assert.Equal("not-this-format", (await Fuzz.ReadAsync(Format, "No observations today.\n")).Trouble?.Reason);

    [Fact]
    public async Task More_reports_than_anybody_sends_are_not_read_and_said_to_be_too_many()
    {
        const string report = "METAR EGLL 171220Z 24008KT 9999 FEW020 12/08 Q1013 NOSIG=\n";
        var (parsed, trouble) = await Fuzz.ReadAsync(Format, string.Concat(Enumerable.Repeat(report, 1 + (BulletinReports.MostCharacters / report.Length))));
        Assert.Equal("too-large", trouble?.Reason);
        Assert.NotEmpty(parsed.Observations); // what was read until then is kept
    }

    [Fact]
    public Task Damaged_bulletins_break_nothing() => Fuzz.NothingBreaksAsync(Format, Encoding.UTF8.GetBytes(Bulletin), Encoding.UTF8.GetBytes("KMOB 261153Z 18012KT 18/17 A2992 RMK AO2 SLP132 P0031 60102 70250 T01830167\n"));

    private static async Task<ParsedPayload> ParseAsync(string text)
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Format, text);
        Assert.Null(trouble);
        return parsed;
    }

    private static List<(string Code, double Value)> Values(ParsedPayload parsed, string station) =>
        [.. parsed.Observations.Where(value => value.DatastreamId.StartsWith(station + ":", StringComparison.Ordinal)).Select(value => (value.DatastreamId[(station.Length + 1)..], value.Result))];
}
