using Microsoft.AspNetCore.Http;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds;

/// <summary>Feeds are asked politely and on time; what one does never touches another.</summary>
public sealed class PollFeedsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Real_stations_and_values_arrive_and_unknown_stations_are_listed(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        source.Answer = context => context.Response.Body.WriteAsync(Recording.Bytes(context.Request.Path == "/stations" ? "uk-ea-stations-rainfall.json.gz" : "uk-ea-measures-rainfall.json.gz")).AsTask();
        test.Clock.SetUtcNow(new DateTimeOffset(2022, 4, 30, 12, 30, 0, TimeSpan.Zero));
        await test.RegisterAsync(Definition(readings: source.Address + "/measures", stations: source.Address + "/stations"));
        await PollAsync(test);

        var feed = await test.FeedAsync();
        Assert.Equal((FeedState.Ok, 964, null), (feed.State, feed.StationCount, feed.LastError));
        Assert.Equal(897, (await test.ObservationsAsync()).Count);
        Assert.Equal(["no-position", "unknown-station"], (await test.QuarantineAsync()).Select(row => row.Reason));
        Assert.Single(await test.HandedOverAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_station_is_silent_by_its_own_rhythm_not_by_how_often_its_feed_is_asked(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        string Stations(string id, int period) => $$"""
            {"@id":"http://x/id/stations/{{id}}","notation":"{{id}}","stationReference":"{{id}}","label":"{{id}}","riverName":"R","lat":51.0,"long":-1.5,
            "measures":[{"@id":"http://x/id/measures/{{id}}-level","parameter":"level","period":{{period}},"qualifier":"Stage","unitName":"mASD"}]}
            """;
        string Measure(string id, int period) => $$"""
            {"@id":"http://x/id/measures/{{id}}-level","parameter":"level","parameterName":"Water Level","period":{{period}},"qualifier":"Stage","stationReference":"{{id}}",
            "station":"http://x/id/stations/{{id}}","unitName":"mASD","latestReading":{"dateTime":"{{TestStore.Begin:yyyy-MM-dd'T'HH:mm:ss'Z'}}","value":0.4} }
            """;
        source.Answer = context => context.Response.WriteAsync(context.Request.Path == "/stations"
            ? $$"""{"items":[{{Stations("QUARTERLY", 900)}},{{Stations("DAILY", 86400)}}]}"""
            : $$"""{"items":[{{Measure("QUARTERLY", 900)}},{{Measure("DAILY", 86400)}}]}""");
        await test.RegisterAsync(Definition(readings: source.Address + "/measures", stations: source.Address + "/stations"));
        await PollAsync(test);
        Assert.Equal((2, 0), ((await test.FeedAsync()).StationCount, (await test.FeedAsync()).SilentStations));

        test.Clock.Advance(TimeSpan.FromMinutes(75));
        await PollAsync(test);
        Assert.Equal((2, 1), ((await test.FeedAsync()).StationCount, (await test.FeedAsync()).SilentStations));
        test.Clock.Advance(TimeSpan.FromDays(5));
        await PollAsync(test);
        Assert.Equal(2, (await test.FeedAsync()).SilentStations);

        // One answer of one day, given again and again: nobody owes anything.
        await test.RegisterAsync(Definition(readings: source.Address + "/measures", stations: source.Address + "/stations") with { Snapshot = true });
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await PollAsync(test);
        Assert.Equal(0, (await test.FeedAsync()).SilentStations);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_unchanged_document_is_asked_for_conditionally_and_counts_as_good(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        source.Serve(Document((0, 1.5)));
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);
        var statuses = new List<int>();
        var serve = source.Answer;
        source.Answer = async context =>
        {
            await serve(context);
            statuses.Add(context.Response.StatusCode);
        };
        await PollAsync(test);
        Assert.Empty(statuses); // not due yet
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await PollAsync(test);

        Assert.Equal([304], statuses);
        var feed = await test.FeedAsync();
        Assert.Equal((FeedState.Ok, test.Clock.GetUtcNow()), (feed.State, feed.LastGood));
        Assert.Single(await test.HandedOverAsync());
    }

    [Fact]
    public async Task A_source_without_entity_tags_is_recognised_as_unchanged_and_its_answer_kept_once()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Answer = context => context.Response.Body.WriteAsync(Document((0, 1.5))).AsTask();
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await PollAsync(test);

        Assert.Equal(2, source.Requests.Count);
        await using var db = test.Store.Read<ObservationsDb>();
        var kept = Assert.Single(db.Payloads);
        Assert.Equal((Document((0, 1.5)).Length, TestStore.Begin, test.Clock.GetUtcNow()), (kept.Bytes, kept.ReceivedAt, kept.LastReceivedAt));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_feed_that_never_finishes_answering_does_not_delay_the_others(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine, ("Observations:Patience", "00:00:00.2"), ("Observations:Deadline", "00:00:01.5"));
        source.Answer = async context =>
        {
            if (context.Request.Path == "/stalls")
            {
                await context.Response.Body.WriteAsync("{"u8.ToArray());
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                await context.Response.Body.WriteAsync(Document((0, 1.5)));
            }
        };
        await test.RegisterAsync(Definition("a-stalls", "usgs-iv", source.Address + "/stalls"));
        await test.RegisterAsync(Definition("b-fine", "usgs-iv", source.Address + "/fine"));
        await test.Get<PollFeeds>().RunAsync(CancellationToken.None);
        while ((await test.FeedAsync("b-fine")).LastGood is null)
        {
            await Task.Yield();
        }

        Assert.Null((await test.FeedAsync("a-stalls")).LastTried);
        await test.Get<PollFeeds>().WhenIdleAsync();
        var stalled = await test.FeedAsync("a-stalls");
        Assert.Contains("did not finish", stalled.LastError);
        Assert.Equal(1, stalled.ConsecutiveFailures);
    }

    [Fact]
    public async Task A_source_that_asks_for_patience_gets_it()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Answer = context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        };
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);

        Assert.Single(source.Requests);
        Assert.Equal(TestStore.Begin.AddHours(2), (await test.FeedAsync()).NextDue);
    }

    [Fact]
    public async Task A_brief_trouble_is_tried_again_within_the_same_poll()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Answer = context => source.Requests.Count < 3 ? Fail(context, 503) : context.Response.Body.WriteAsync(Document((0, 1))).AsTask();
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);

        Assert.Equal(3, source.Requests.Count);
        Assert.Equal(FeedState.Ok, (await test.FeedAsync()).State);
    }

    [Fact]
    public async Task A_feed_becomes_late_then_dead_then_well_again_and_the_map_hears_of_each()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Serve(Document((0, 1)));
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);
        source.Answer = context => Fail(context, 500);
        var states = new List<(FeedState, long)>();
        foreach (var minutes in new[] { 16, 30, 120, 15 })
        {
            test.Clock.Advance(TimeSpan.FromMinutes(minutes));
            if (minutes == 15)
            {
                source.Serve(Document((0, 1)));
            }

            await PollAsync(test);
            var feed = await test.FeedAsync();
            states.Add((feed.State, feed.Version));
        }

        Assert.Equal([FeedState.Ok, FeedState.Late, FeedState.Dead, FeedState.Ok], states.Select(state => state.Item1));
        Assert.Equal(states.Select(state => state.Item2).Order().Distinct(), states.Select(state => state.Item2));
    }

    [Fact]
    public async Task Pages_are_followed_on_the_same_server_and_nowhere_else()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Answer = context =>
        {
            var page = context.Request.Query["page"].FirstOrDefault() ?? "1";
            var next = page switch { "1" => $"{source.Address}/?page=2", "2" => "http://169.254.169.254/latest", _ => "" };
            return context.Response.WriteAsync($$"""{"features":[{"geometry":{"coordinates":[-92.6,40.2]},"properties":{"monitoring_location_id":"USGS-{{page}}","parameter_code":"00065","unit_of_measure":"ft","time":"2019-06-20T11:45:00+00:00","value":"1.5"} }],"links":[{"rel":"next","href":"{{next}}"}]}""");
        };
        await test.RegisterAsync(Definition("t", "usgs-ogc", source.Address));
        await PollAsync(test);

        Assert.Equal(["/", "/?page=2"], source.Requests);
        Assert.Contains("another server", (await test.FeedAsync()).LastError);
        Assert.Equal(["usgs:1:00065"], (await test.ObservationsAsync()).Select(row => row.DatastreamId)); // the good page before it stays
    }

    [Fact]
    public async Task A_next_link_is_followed_as_it_is_written_and_stopping_early_is_said()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite, ("Observations:MaxPages", "2"));
        source.Answer = context => context.Response.WriteAsync($$"""{"value":[{"@iot.id":1,"name":"Level","unitOfMeasurement":{"symbol":"m"},"Thing":{"@iot.id":"{{source.Requests.Count}}"},"observedArea":{"type":"Point","coordinates":[90,28]},"Observations":[{"phenomenonTime":"{{TestStore.Begin:yyyy-MM-ddTHH:mm:ss}}Z","result":1}]}],"@iot.nextLink":"/v1.1/Datastreams?$skip=1&$filter=name%20eq%20'x'&$skipFilter=%28%40iot.id+gt+1%29"}""");
        await test.RegisterAsync(Definition("sta", "sensorthings", source.Address + "/v1.1/Datastreams"));
        await PollAsync(test);

        Assert.Equal(["/v1.1/Datastreams", "/v1.1/Datastreams?$skip=1&$filter=name%20eq%20'x'&$skipFilter=%28%40iot.id+gt+1%29"], source.Requests);
        Assert.Equal(["sta:1:1", "sta:2:1"], (await test.ObservationsAsync()).Select(row => row.DatastreamId));
        var feed = await test.FeedAsync("sta");
        Assert.Equal(FeedState.Ok, feed.State);
        Assert.Contains("MaxPages", feed.LastError);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_agencys_own_table_is_read_by_the_mapping_it_configured(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(
            engine,
            ("Observations:Feeds:0:Id", "own"), ("Observations:Feeds:0:Name", "Own gauges"), ("Observations:Feeds:0:Format", "table"), ("Observations:Feeds:0:Readings", source.Address + "/gauges.csv"), ("Observations:Feeds:0:Credit", "Agency"), ("Observations:Feeds:0:Licence", "own"),
            ("Observations:Feeds:0:Zone", "Asia/Thimphu"), ("Observations:Feeds:0:Mapping:Delimiter", ";"), ("Observations:Feeds:0:Mapping:DecimalComma", "true"), ("Observations:Feeds:0:Mapping:Encoding", "windows-1252"), ("Observations:Feeds:0:Mapping:Time", "time"), ("Observations:Feeds:0:Mapping:TimeFormat", "yyyy-MM-dd HH:mm"),
            ("Observations:Feeds:0:Mapping:Stations:0:Id", "Brücke"), ("Observations:Feeds:0:Mapping:Stations:0:Longitude", "89.6"), ("Observations:Feeds:0:Mapping:Stations:0:Latitude", "27.5"),
            ("Observations:Feeds:0:Mapping:Values:0:Column", "höhe"), ("Observations:Feeds:0:Mapping:Values:0:Property", "Stage"), ("Observations:Feeds:0:Mapping:Values:0:Unit", "m"));
        source.Answer = context => context.Response.Body.WriteAsync(System.Text.Encoding.Latin1.GetBytes($"time;höhe\n{TestStore.Begin.ToOffset(TimeSpan.FromHours(6)):yyyy-MM-dd HH:mm};1,5\n")).AsTask();
        await test.RegisterAsync(Assert.Single(test.Get<Microsoft.Extensions.Options.IOptions<ObservationsOptions>>().Value.Feeds));
        await PollAsync(test);

        var value = Assert.Single(await test.ObservationsAsync());
        Assert.Equal(("own:Brücke:stage", 1.5, TestStore.Begin), (value.DatastreamId, value.Result, value.PhenomenonTime));
        Assert.Equal((FeedState.Ok, null), ((await test.FeedAsync("own")).State, (await test.FeedAsync("own")).LastError));
    }

    [Fact]
    public async Task Raw_answers_are_forgotten_after_their_time_and_observations_are_not()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Serve(Document((0, 1)));
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);
        test.Clock.Advance(TimeSpan.FromDays(8));
        await test.Get<PruneRawPayloads>().RunAsync(CancellationToken.None);

        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Empty(db.Payloads);
        Assert.Single(await test.ObservationsAsync());
    }

    [Fact]
    public async Task A_redirect_into_the_own_network_is_not_followed()
    {
        await using var inside = await FeedSource.StartAsync();
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        inside.Serve(Document((0, 1)));
        source.Answer = context =>
        {
            context.Response.Redirect(inside.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
            return Task.CompletedTask;
        };
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address)); // 127.0.0.1 is allowed in these tests, localhost is not
        await PollAsync(test);
        Assert.Contains("private network", (await test.FeedAsync()).LastError, StringComparison.Ordinal);
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData("http://10.0.0.7/gauges", "usgs-iv", "observations.feed-address")]
    [InlineData("ftp://example.org/x", "usgs-iv", "observations.feed-address")]
    [InlineData("file:///etc/passwd", "usgs-iv", "observations.feed-address")]
    [InlineData("http://example.org", "csv", "observations.feed-format")]
    [InlineData("http://example.org", "table", "observations.feed-mapping")]
    public async Task A_feed_that_cannot_work_is_refused_at_registration(string address, string format, string code)
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        var refusal = await Assert.ThrowsAsync<Resilience.Core.RefusalException>(() => test.RegisterAsync(Definition("t", format, address)));
        Assert.Equal(code, refusal.Code);
    }

    internal static async Task PollAsync(TestStore test)
    {
        await test.Get<PollFeeds>().RunAsync(CancellationToken.None);
        await test.Get<PollFeeds>().WhenIdleAsync();
    }

    /// <summary>A small instantaneous-values document: stage at so many minutes after the test's beginning.</summary>
    internal static byte[] Document(params (int Minutes, double Value)[] values) => System.Text.Encoding.UTF8.GetBytes(
        $$$"""{"value":{"timeSeries":[{"name":"USGS:1:00065:00000","sourceInfo":{"siteName":"RIVER AT TOWN","siteCode":[{"value":"1"}],"geoLocation":{"geogLocation":{"latitude":28,"longitude":90} }},"variable":{"variableCode":[{"value":"00065"}],"unit":{"unitCode":"ft"},"noDataValue":-999999.0},"values":[{"value":[{{{string.Join(',', values.Select(value => $$"""{"value":"{{value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}}","qualifiers":["P"],"dateTime":"{{TestStore.Begin.AddMinutes(value.Minutes):yyyy-MM-ddTHH:mm:ss}}Z"}"""))}}}]}]}]}}""");

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
