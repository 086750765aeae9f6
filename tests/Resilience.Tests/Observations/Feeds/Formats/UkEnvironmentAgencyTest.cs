using System.Text;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>The Environment Agency's documents with all their oddities become stations, datastreams and observations.</summary>
public sealed class UkEnvironmentAgencyTest
{
    [Fact]
    public async Task Rain_gauges_are_read_and_those_without_a_position_are_set_aside()
    {
        var parsed = await Recording.ParseStationsAsync("uk-ea", "uk-ea-stations-rainfall.json.gz");

        Assert.Equal(964, parsed.Stations.Count);
        Assert.Equal(4, parsed.Refused["no-position"].Count);
        var crowhurst = parsed.Stations["uk-ea:E7050"];
        Assert.Equal(("Crowhurst", "Combe Haven"), (crowhurst.Name, crowhurst.River));
        Assert.Equal((0.500069, 50.878052), (crowhurst.Location.X, crowhurst.Location.Y));
        Assert.Null(crowhurst.ReferenceHigh); // its stage scale is a bare URL
    }

    [Fact]
    public async Task Measures_give_their_newest_value_and_say_when_there_is_none()
    {
        var parsed = await Recording.ParseAsync("uk-ea", "uk-ea-measures-rainfall.json.gz");

        Assert.Equal((911, 92), (parsed.Observations.Count, parsed.Missing));
        Assert.Empty(parsed.Refused);
        var datastream = parsed.Datastreams["uk-ea:E7050:rainfall-tipping_bucket_raingauge-t-15_min-mm"];
        Assert.Equal((ObservedProperty.Rainfall, "mm", TimeSpan.FromMinutes(15)), (datastream.Property, datastream.Unit, datastream.ExpectedEvery!.Value));
        Assert.Equal(new DateTimeOffset(2022, 4, 30, 5, 30, 0, TimeSpan.Zero), parsed.Observations[0].Time);
    }

    [Fact]
    public async Task A_station_merged_out_of_two_records_keeps_its_first_name()
    {
        var parsed = await Recording.ParseStationsAsync("uk-ea", "uk-ea-stations-river.json");

        Assert.Equal(28, parsed.Stations.Count);
        Assert.Contains("uk-ea:3319SE", parsed.Stations.Keys);
        var dikler = parsed.Stations["uk-ea:1029TH"];
        Assert.Equal((0.068, 0.42, 0.82, "mASD"), (dikler.ReferenceLow!.Value, dikler.ReferenceHigh!.Value, dikler.ReferenceRecord!.Value, dikler.ReferenceUnit));
    }

    [Fact]
    public async Task A_flow_declared_as_a_level_is_known_by_its_unit()
    {
        var parsed = await Recording.ParseAsync("uk-ea", "uk-ea-measures-river.json");

        Assert.Equal(ObservedProperty.Discharge, parsed.Datastreams.Values.Single(datastream => datastream.Unit == "m3/s").Property);
        Assert.Equal((31, 8), (parsed.Observations.Count, parsed.Missing));
    }

    [Fact]
    public async Task Coastal_stations_with_a_bare_url_for_a_scale_are_read() =>
        Assert.Equal(121, (await Recording.ParseStationsAsync("uk-ea", "uk-ea-stations-coastal.json.gz")).Stations.Count);

    [Fact]
    public async Task The_readings_document_is_read_too_and_two_values_in_one_are_ambiguous()
    {
        var parsed = await ParseAsync("""
            {"items":[
              {"@id":"http://x/data/readings/1","dateTime":"2020-02-26T15:45:00Z","measure":"http://x/id/measures/1029TH-level-stage-i-15_min-mASD","value":0.369},
              {"@id":"http://x/data/readings/2","dateTime":"2020-02-26T15:45:00Z","measure":{"@id":"http://x/id/measures/E7050-rainfall-tipping_bucket_raingauge-t-15_min-mm","parameter":"rainfall","unitName":"mm"},"value":[0.2,0.2]},
              {"@id":"http://x/data/readings/3","dateTime":"2020-02-26T15:45:00Z","measure":"http://x/id/measures/1029TH-level-stage-i-15_min-mASD","value":[0.1,0.2]},
              {"@id":"http://x/data/readings/4","dateTime":"yesterday","measure":"http://x/id/measures/1029TH-level-stage-i-15_min-mASD","value":1}
            ]}
            """);

        Assert.Equal(["uk-ea:1029TH:level-stage-i-15_min-mASD", "uk-ea:E7050:rainfall-tipping_bucket_raingauge-t-15_min-mm"], parsed.Observations.Select(value => value.DatastreamId));
        Assert.Equal(0.2, parsed.Observations[1].Result);
        Assert.Equal(["ambiguous-value", "no-time"], parsed.Refused.Keys);
        Assert.Equal(ObservedProperty.Stage, parsed.Datastreams["uk-ea:1029TH:level-stage-i-15_min-mASD"].Property);
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("1e999")]
    public async Task A_value_that_is_no_number_is_set_aside(string value)
    {
        var parsed = await ParseAsync($$"""{"items":[{"dateTime":"2020-02-26T15:45:00Z","measure":"http://x/id/measures/1029TH-level-stage-i-15_min-m","value":{{value}}}]}""");

        Assert.Empty(parsed.Observations);
        Assert.Equal(["not-a-number"], parsed.Refused.Keys);
    }

    private static async Task<ParsedPayload> ParseAsync(string json)
    {
        var parsed = new ParsedPayload();
        await FeedFormats.Find("uk-ea")!.ReadObservationsAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), "uk-ea", parsed, CancellationToken.None);
        return parsed;
    }

    [Theory]
    [InlineData("https://a.example/id/measures?parameter=level&_limit=2", 2, "?parameter=level&_limit=2&_offset=2")]
    [InlineData("https://a.example/id/measures?_offset=4&_limit=2", 2, "?_offset=6&_limit=2")]
    [InlineData("https://a.example/id/measures", 3, null)]
    public async Task A_page_as_full_as_its_limit_is_followed_by_the_next(string asked, int limit, string? next)
    {
        var parsed = new ParsedPayload();
        var format = new UkEnvironmentAgency();
        await format.ReadObservationsAsync(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"meta":{"limit":{{limit}}},"items":[{"x":1},{"x":2}]}""")), "uk-ea", parsed, CancellationToken.None);
        Assert.Equal(next, ((IFeedFormat)format).Next(new Uri(asked), parsed)?.Query);
    }

    [Fact]
    public async Task Many_values_are_read_in_a_moment()
    {
        var document = $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 40_000).Select(n => $$"""{"@id":"http://x/id/measures/T{{n % 900}}-level-stage-i-15_min-mASD","parameter":"level","qualifier":"Stage","station":"http://x/id/stations/T{{n % 900}}","unitName":"mASD","latestReading":{"dateTime":"2024-05-01T10:{{n % 60:00}}:00Z","value":1.5} }"""))}}]}""";
        await Speed.ReportAsync(new UkEnvironmentAgency(), document);
        await Speed.AssertEndsInTimeAsync(new UkEnvironmentAgency(), document);
    }

    [Fact]
    public Task Damaged_documents_break_nothing() => Fuzz.NothingBreaksAsync(
        new UkEnvironmentAgency(), Fuzz.First(Recording.Bytes("uk-ea-measures-river.json"), 4, "\n  }", "]}"), Fuzz.First(Recording.Bytes("uk-ea-stations-river.json"), 4, "\n  }", "]}"), Recording.Bytes("uk-ea-measures-river.json"));
}
