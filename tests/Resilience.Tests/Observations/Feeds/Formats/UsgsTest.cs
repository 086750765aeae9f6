using System.Text;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>Both USGS services become the same stations, datastreams and observations.</summary>
public sealed class UsgsTest
{
    [Fact]
    public async Task A_change_of_daylight_saving_inside_a_series_loses_no_hour()
    {
        var parsed = await Recording.ParseAsync("usgs-iv", "usgs-iv-endDST.json");

        Assert.Equal(292, parsed.Observations.Count);
        Assert.All(parsed.Observations.Zip(parsed.Observations.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(15), pair.Second.Time - pair.First.Time));
        Assert.Equal(new DateTimeOffset(2018, 11, 3, 4, 0, 0, TimeSpan.Zero), parsed.Observations[0].Time);
    }

    [Fact]
    public async Task Ice_without_a_value_is_missing_and_estimated_values_are_doubted()
    {
        var parsed = await Recording.ParseAsync("usgs-iv", "usgs-iv-mult_flags.json");

        Assert.Equal(39, parsed.Missing);
        Assert.Equal(399, parsed.Observations.Count);
        Assert.Equal(7, parsed.Observations.Count(value => value.Doubted));
        Assert.Equal("P,e", parsed.Observations.First(value => value.Doubted).Qualifier);
        Assert.DoesNotContain(parsed.Observations, value => value.Result <= -999);
    }

    [Fact]
    public async Task Further_gauges_at_a_site_are_datastreams_of_their_own()
    {
        var parsed = await Recording.ParseAsync("usgs-iv", "usgs-iv-diff_freq.json");

        Assert.Contains("usgs:01570500:00010:122073", parsed.Datastreams.Keys); // at the Walnut Street pier
        Assert.Contains("usgs:01570500:00010", parsed.Datastreams.Keys);
        Assert.Equal(48, parsed.Observations.Count(value => value.DatastreamId == "usgs:01570500:00065"));
        Assert.Equal("West Branch Susquehanna River", parsed.Stations["usgs:01541000"].River);
    }

    [Fact]
    public async Task Daily_values_without_an_offset_are_read_in_the_sites_standard_time()
    {
        var parsed = await Recording.ParseAsync("usgs-iv", "usgs-iv-daily_lake_level.json");

        Assert.Equal(ObservedProperty.LakeLevel, parsed.Datastreams["usgs:05015500:62614:32400"].Property);
        Assert.Equal(new DateTimeOffset(2021, 6, 27, 7, 0, 0, TimeSpan.Zero), parsed.Observations[0].Time); // midnight at UTC-7
    }

    [Fact]
    public async Task An_answer_without_any_site_is_read_as_nothing_usable() =>
        Assert.Equal(0, (await Recording.ParseAsync("usgs-iv", "usgs-iv-nothing_avail.json")).Usable);

    [Fact]
    public async Task A_sparse_answer_gives_values_but_no_station()
    {
        var parsed = await Recording.ParseAsync("usgs-iv", "usgs-iv-sparse.json");

        Assert.Equal([1.0, 2.0], parsed.Observations.Select(value => value.Result));
        Assert.Empty(parsed.Stations);
    }

    [Theory]
    [InlineData("-1.25", true)]
    [InlineData("-999", false)]
    [InlineData("-999999", false)]
    public async Task A_negative_stage_is_real_and_a_missing_mark_is_not(string value, bool real)
    {
        var parsed = new ParsedPayload();
        var json = $$$"""{"value":{"timeSeries":[{"name":"USGS:1:00065:00000","sourceInfo":{"siteCode":[{"value":"1"}]},"variable":{"variableCode":[{"value":"00065"}],"noDataValue":-999999.0},"values":[{"value":[{"value":"{{{value}}}","qualifiers":["P"],"dateTime":"2019-02-25T00:00:00.000-06:00"}]}]}]}}""";
        await FeedFormats.Find("usgs-iv")!.ReadObservationsAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), "usgs", parsed, CancellationToken.None);

        Assert.Equal((real ? 1 : 0, real ? 0 : 1), (parsed.Observations.Count, parsed.Missing));
    }

    [Theory]
    [InlineData("-21:00", "2019-02-25T00:00:00", "no-zone")] // nowhere on earth; found by damaging documents
    [InlineData("", "2019-02-25T00:00:00", "no-zone")]
    [InlineData("-21:00", "2019-02-25T00:00:00.000-06:00", null)]
    [InlineData("-06:00", "2019-02-25T00:00:00", null)]
    public async Task A_time_without_an_offset_is_not_given_a_guessed_one(string zone, string time, string? refused)
    {
        var parsed = new ParsedPayload();
        var json = $$$"""{"value":{"timeSeries":[{"name":"USGS:1:00065:00000","sourceInfo":{"siteCode":[{"value":"1"}],"timeZoneInfo":{"defaultTimeZone":{"zoneOffset":"{{{zone}}}"} } },"variable":{"variableCode":[{"value":"00065"}]},"values":[{"value":[{"value":"1.5","qualifiers":["P"],"dateTime":"{{{time}}}"}]}]}]}}""";
        await FeedFormats.Find("usgs-iv")!.ReadObservationsAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), "usgs", parsed, CancellationToken.None);

        Assert.Equal(refused, parsed.Refused.Keys.FirstOrDefault());
        Assert.Equal(refused is null ? [new DateTimeOffset(2019, 2, 25, 6, 0, 0, TimeSpan.Zero)] : [], parsed.Observations.Select(value => value.Time));
    }

    [Fact]
    public async Task The_current_service_names_the_same_datastream_as_the_old_one()
    {
        var parsed = await Recording.ParseAsync("usgs-ogc", "usgs-ogc-latest-continuous.json");

        Assert.Equal(["usgs:06904500:00065", "usgs:06904500:00060"], parsed.Observations.Select(value => value.DatastreamId));
        Assert.Equal("ft3/s", parsed.Datastreams["usgs:06904500:00060"].Unit);
        Assert.Equal(("P", false), (parsed.Observations[0].Qualifier, parsed.Observations[0].Doubted));
        Assert.True(parsed.Stations["usgs:06904500"].PositionOnly);
        Assert.Null(parsed.Next);
    }

    [Fact]
    public async Task Monitoring_locations_are_stations()
    {
        var parsed = await Recording.ParseStationsAsync("usgs-ogc", "usgs-ogc-monitoring-locations.json");

        Assert.Equal(2, parsed.Stations.Count);
        Assert.Equal("CT-STM    2", parsed.Stations["usgs:410252073314801"].Name);
    }

    [Theory]
    [InlineData("""{"type":"FeatureCollection","links":[{"rel":"next","href":"https://x/next"}],"features":[]}""")]
    [InlineData("""{"type":"FeatureCollection","features":[],"links":[{"rel":"self","href":"https://x/self"},{"rel":"next","href":"https://x/next"}]}""")]
    public async Task The_next_page_is_found_before_and_after_the_features(string json)
    {
        var parsed = new ParsedPayload();
        await FeedFormats.Find("usgs-ogc")!.ReadObservationsAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), "usgs", parsed, CancellationToken.None);

        Assert.Equal(new Uri("https://x/next"), parsed.Next);
    }

    [Fact]
    public Task Damaged_documents_of_the_new_service_break_nothing() => Fuzz.NothingBreaksAsync(new UsgsOgcApi(), Recording.Bytes("usgs-ogc-continuous.json"), Recording.Bytes("usgs-ogc-monitoring-locations.json"));

    [Fact]
    public Task Damaged_documents_of_the_old_service_break_nothing() => Fuzz.NothingBreaksAsync(new UsgsInstantaneousValues(), Recording.Bytes("usgs-iv-sparse.json"), Recording.Bytes("usgs-iv-daily_lake_level.json"), Recording.Bytes("usgs-iv-JSON15min2day.json"));
}
