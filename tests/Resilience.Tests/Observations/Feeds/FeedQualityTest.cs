using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Administering;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.Feeds.PollFeedsTest;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds;

/// <summary>What is put right is told, and a feed that fails never looks like one with nothing to say.</summary>
public sealed class FeedQualityTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_was_put_right_is_kept_by_day_before_and_after(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        var document = """{"value":{"timeSeries":[{"name":"USGS:1:00065:00000","sourceInfo":{"siteName":"RIVER AT TOWN","siteCode":[{"value":"1"}],"timeZoneInfo":{"defaultTimeZone":{"zoneOffset":"-06:00"}},"geoLocation":{"geogLocation":{"latitude":28,"longitude":90}}},"variable":{"variableCode":[{"value":"00065"}],"unit":{"unitCode":"ft"},"noDataValue":-999999.0},"values":[{"value":[TIMES]}]}]}}""";
        source.Answer = context => context.Response.WriteAsync(document.Replace("TIMES", string.Join(',', Enumerable.Range(1, 4).Select(i => $$"""{"value":"1.{{i}}","qualifiers":["P"],"dateTime":"{{TestStore.Begin.AddHours(-6).AddMinutes(-15 * i):yyyy-MM-ddTHH:mm:ss}}"}""")), StringComparison.Ordinal));
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);

        Assert.Equal(TestStore.Begin.AddMinutes(-15), (await test.ObservationsAsync())[^1].PhenomenonTime);
        await using var db = test.Store.Read<ObservationsDb>();
        var finding = await db.Findings.SingleAsync();
        Assert.Equal(("t", "2019-06-20", "time-zone-assumed", 4L), (finding.FeedId, finding.Day, finding.Kind, finding.Times));
        Assert.Equal((TestStore.Begin.AddHours(-6).AddMinutes(-15).ToString("yyyy-MM-ddTHH:mm:ss"), TestStore.Begin.AddMinutes(-15).ToString("yyyy-MM-ddTHH:mm:ssZ")), (finding.Before, finding.After));
        var day = await db.FeedDays.SingleAsync();
        Assert.Equal((1, 0, 4, 0, 4, 4, 0), (day.Asked, day.Failed, day.Usable, day.Refused, day.Repaired, day.Stored, day.Suspect));
        Assert.Equal(75, (await test.FeedAsync()).Score);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_instruments_whose_newest_value_is_doubted_are_named_until_they_speak_sense(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        foreach (var (minutes, value, doubted) in new[] { (0, 1.0, 0), (15, -900.0, 1), (30, 1.1, 0) })
        {
            source.Answer = context => context.Response.Body.WriteAsync(Document((minutes, value))).AsTask();
            await PollAsync(test);
            await using var db = test.Store.Read<ObservationsDb>();
            var named = await ReadQuality.DoubtedAsync(db, "t", default);
            Assert.Equal(doubted, named.Length);
            Assert.All(named, one => Assert.Equal((value, "Stage", "ft", true), (one.Value, one.Property, one.Unit, one.Quality.Contains("OutOfRange"))));
            Assert.Empty(await ReadQuality.DoubtedAsync(db, "another", default));
            test.Clock.Advance(TimeSpan.FromMinutes(15));
        }
    }

    [Theory]
    [InlineData(Engine.Sqlite, "cut")]
    [InlineData(Engine.Sqlite, "refused")]
    [InlineData(Engine.Postgres, "cut")]
    public async Task An_answer_cut_off_or_refused_costs_the_feed_its_score_and_its_stations_their_voice_and_is_never_all_quiet(Engine engine, string how)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        source.Answer = context => context.Response.Body.WriteAsync(Document((0, 1))).AsTask();
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);
        Assert.Equal((FeedState.Ok, 100, 0, null), await HealthAsync(test));

        source.Answer = how == "cut" ? context => context.Response.Body.WriteAsync(Document((15, 1.1)).AsMemory()[..^20]).AsTask() : context => Task.FromResult(context.Response.StatusCode = 403);
        var scores = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            test.Clock.Advance(TimeSpan.FromMinutes(15));
            await PollAsync(test);
            var (_, score, _, error) = await HealthAsync(test);
            Assert.NotNull(error);
            scores.Add(score!.Value);
        }

        // One turn of two, of three, of four… and from an hour of silence on, nothing at all is on time.
        Assert.Equal([50, 33, 25, 20, 0], scores);
        var (state, _, silent, why) = await HealthAsync(test);
        Assert.Equal((FeedState.Late, 1), (state, silent));
        Assert.Contains(how == "cut" ? "middle" : "403", why, StringComparison.Ordinal);
        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Equal((6L, 5L), await db.FeedDays.Select(day => new ValueTuple<long, long>(day.Asked, day.Failed)).SingleAsync());
    }

    [Fact]
    public async Task A_day_that_is_long_past_is_forgotten()
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        var parsed = Stages((0, 1));
        parsed.Repair("ring-closed", "3 points", () => "4 points");
        await test.StoreAsync(await test.RegisterAsync(), parsed);
        await using var db = test.Store.Read<ObservationsDb>();
        test.Clock.Advance(TimeSpan.FromDays(29));
        await test.Get<PruneRawPayloads>().RunAsync(CancellationToken.None);
        Assert.Equal((1, 1), (await db.Findings.CountAsync(), await db.FeedDays.CountAsync()));

        test.Clock.Advance(TimeSpan.FromDays(3));
        await test.Get<PruneRawPayloads>().RunAsync(CancellationToken.None);
        Assert.Equal((0, 0), (await db.Findings.CountAsync(), await db.FeedDays.CountAsync()));
    }

    [Fact]
    public async Task Axes_swapped_beyond_doubt_are_put_right_and_said_and_others_are_left()
    {
        var stations = """{"items":[{"@id":"x/A","label":"A","lat":89.5,"long":27.5},{"@id":"x/B","label":"B","lat":120.5,"long":14.5},{"@id":"x/C","label":"C","lat":200,"long":14.5}]}""";
        var parsed = new ParsedPayload();
        await FeedFormats.Find("uk-ea")!.ReadStationsAsync(new MemoryStream(Encoding.UTF8.GetBytes(stations)), "t", parsed, CancellationToken.None);

        Assert.Equal([("t:A", 27.5, 89.5), ("t:B", 120.5, 14.5)], parsed.Stations.Values.Select(station => (station.Id, station.Location.X, station.Location.Y)));
        Assert.Equal(new Repair(1, "longitude 14.5, latitude 120.5", "longitude 120.5, latitude 14.5"), Assert.Single(parsed.Repairs).Value);
        Assert.Equal("no-position", Assert.Single(parsed.Refused).Key);
    }

    [Fact]
    public async Task A_unit_that_is_turned_into_another_is_said_and_costs_nothing()
    {
        var parsed = new ParsedPayload();
        await FeedFormats.Find("metar")!.At(new DateTimeOffset(2024, 5, 1, 12, 30, 0, TimeSpan.Zero)).ReadObservationsAsync(new MemoryStream("METAR VNKT 011220Z 27010KT 9999 25/18 Q1012="u8.ToArray()), "t", parsed, CancellationToken.None);

        Assert.Equal(new Repair(1, "10 kt", "5.14 m/s"), parsed.Repairs["unit-converted"]);
    }

    [Fact]
    public void A_share_that_is_not_known_counts_as_whole_and_nothing_known_is_no_score()
    {
        Assert.Null(FeedScore.Of(new FeedShares(null, null, null, null, null)));
        Assert.Equal(100, FeedScore.Of(new FeedShares(1, null, null, null, null)));
        Assert.Equal(50, FeedScore.Of(new FeedShares(0.5, 1, 1, 1, 1)));
        Assert.Equal(75, FeedScore.Of(new FeedShares(1, 1, 1, 1, 0)));
    }

    private static async Task<(FeedState State, int? Score, int Silent, string? Error)> HealthAsync(TestStore test) =>
        await test.FeedAsync() is var feed ? (feed.State, feed.Score, feed.SilentStations, feed.LastError) : default;
}
