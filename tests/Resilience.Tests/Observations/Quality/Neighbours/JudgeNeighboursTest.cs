using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Observations.LiveMap;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Observations.Queries;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Tests.Hazards;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Quality.Neighbours;

/// <summary>From stored values to findings, to the map, and to what a warning rests on.</summary>
public sealed class JudgeNeighboursTest
{
    private const string Odd = "t:0:air";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_station_its_neighbours_contradict_is_found_once_and_marked_on_the_map_and_let_go_when_it_is_back(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        var feed = await FeedAsync(test);
        await StoreHoursAsync(test, feed, -24, 0, odd: 33);
        await JudgeAsync(test, times: 2);

        var finding = Assert.Single(await FindingsAsync(test));
        Assert.Equal((Odd, FindingKind.Apart, TestStore.Begin.AddHours(-24), null), (finding.DatastreamId, finding.Kind, finding.Since, finding.Until));
        Assert.Equal(["Neighbour"], await MarksAsync(test, "t:0"));
        Assert.Empty(await MarksAsync(test, "t:1"));
        await using (var db = test.Store.Read<ObservationsDb>())
        {
            Assert.Contains("apart", (await db.QualityVersions.SingleAsync(row => row.Version == finding.RulesVersion)).Parameters, StringComparison.OrdinalIgnoreCase);
        }

        test.Clock.Advance(TimeSpan.FromHours(14));
        await StoreHoursAsync(test, feed, 1, 14, odd: 20);
        await JudgeAsync(test);
        var ended = Assert.Single(await FindingsAsync(test));
        Assert.Equal((finding.Id, TestStore.Begin.AddHours(1)), (ended.Id, ended.Until));
        Assert.Empty(await MarksAsync(test, "t:0"));
        Assert.Equal(["Neighbour"], (await test.Get<IEnumerable<IMapHistory>>().Single(layer => layer.Name == FeedLayers.Stations).ListAtAsync(TestStore.Begin.AddHours(1), test.Clock.GetUtcNow(), default)).Where(one => one.Id == "t:0").SelectMany(Marks));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Whatever_the_order_in_which_the_values_came_the_same_stands_found(Engine engine)
    {
        var told = new List<string>();
        foreach (var seed in new[] { 1, 2 })
        {
            await using var test = await Gauges.CreateAsync(engine);
            var feed = await FeedAsync(test);
            var hours = Enumerable.Range(-30, 31).ToArray();
            if (seed > 1)
            {
                new Random(seed).Shuffle(hours);
            }

            for (var i = 0; i < hours.Length; i++)
            {
                await StoreHoursAsync(test, feed, hours[i], hours[i], odd: hours[i] >= -20 ? 33 : 20);
                await StoreHoursAsync(test, feed, hours[i], hours[i], odd: hours[i] >= -20 ? 33 : 20);
                if (i % 6 == 0)
                {
                    await JudgeAsync(test);
                }
            }

            await JudgeAsync(test);
            told.Add(string.Join('\n', (await FindingsAsync(test)).Where(row => row.Until != row.Since).Select(row => $"{row.DatastreamId} {row.Kind} {row.Since:O} {row.Until:O} {row.Figures} {row.RulesVersion}")));
        }

        Assert.NotEmpty(told[0]);
        Assert.Equal(told[0], told[1]);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_contradicted_thermometer_raises_no_heat_and_what_was_raised_before_stays_for_days(Engine engine)
    {
        // Raised while nobody contradicted it, then its neighbours do.
        await using var test = await Gauges.CreateAsync(engine);
        var feed = await FeedAsync(test);
        await StoreHoursAsync(test, feed, -24, 0, odd: 52, humidity: 40);
        await test.SweepAsync();
        var before = (await test.Get<HazardQueries>().FindCurrentAsync("t:0", default))!.Level;
        Assert.True(before > HazardLevel.None);

        await JudgeAsync(test);
        Assert.Single(await FindingsAsync(test), row => row.Until is null && row.DatastreamId == Odd);
        for (var day = 0; day < 4; day++)
        {
            test.Clock.Advance(TimeSpan.FromHours(24));
            await StoreHoursAsync(test, feed, (day * 24) + 1, (day * 24) + 24, odd: -5, humidity: 40);
            await test.SweepAsync();
            await JudgeAsync(test);
            Assert.Equal(before, (await test.Get<HazardQueries>().FindCurrentAsync("t:0", default))!.Level);
        }

        // Contradicted first, it raises nothing.
        await using var other = await Gauges.CreateAsync(engine);
        feed = await FeedAsync(other);
        await StoreHoursAsync(other, feed, -24, 0, odd: 0, humidity: 40);
        await JudgeAsync(other);
        other.Clock.Advance(TimeSpan.FromHours(12));
        await StoreHoursAsync(other, feed, 1, 12, odd: 52, humidity: 40);
        await other.SweepAsync();
        Assert.Equal(HazardLevel.None, (await other.Get<HazardQueries>().FindCurrentAsync("t:0", default))!.Level);
        Assert.All(await LastBatchAsync(other), one => Assert.Equal(one.Datastream.Id == Odd, one.Contradicted));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Of_a_gauge_dry_among_wet_ones_only_zeros_are_doubted_and_a_cloudburst_it_tells_raises_its_warning(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        var feed = await FeedAsync(test);
        await StoreRainAsync(test, feed, -30, 0, (station, hour) => station > 0 && hour is > -12 and < -2 ? 3 : 0);
        await JudgeAsync(test);
        var finding = Assert.Single(await FindingsAsync(test));
        Assert.Equal(("t:0:rain", FindingKind.Dry, null), (finding.DatastreamId, finding.Kind, finding.Until));
        Assert.Equal((0.0, 27.0), (NeighbourFigures.FromJson(finding.Figures).Value, NeighbourFigures.FromJson(finding.Figures).Expected));

        test.Clock.Advance(TimeSpan.FromHours(3));
        await StoreRainAsync(test, feed, 1, 3, (station, hour) => station == 0 && hour > 1 ? 110 : 0);
        await test.SweepAsync();
        Assert.Equal([true, false, false], (await LastBatchAsync(test)).Where(one => one.Datastream.Id == "t:0:rain").Select(one => one.Contradicted));
        Assert.Equal(HazardLevel.Major, (await test.Get<HazardQueries>().FindCurrentAsync("t:0", default))!.Level);

        await JudgeAsync(test);
        Assert.Equal(TestStore.Begin.AddHours(2), Assert.Single(await FindingsAsync(test)).Until);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_real_flood_wave_on_one_river_among_quiet_ones_is_contradicted_by_nobody_and_raises_its_level(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        var wave = Assert.Single(await RealSeries.PearlRiverAsync(), series => series.Id.Contains("02489500:00065", StringComparison.Ordinal)).Values;
        var shift = TestStore.Begin - wave[^1].Time;
        for (var i = 0; i < 5; i++)
        {
            var at = Wgs84.Destination(new(-89.82, 30.79), i * 72, 8_000);
            await Gauges.AddAsync(test, $"usgs:quiet{i}", $"Quiet {i}", at.X, at.Y, "00065", ObservedProperty.Stage, "ft");
            await Gauges.StoreAsync(test, $"usgs:quiet{i}:00065", wave.Select((value, k) => (value.Time + shift, 3 + (0.01 * (k % 3)), QualityFlags.None)));
        }

        await Gauges.StoreAsync(test, Gauges.PearlStage, wave.Select(value => (value.Time + shift, value.Result, QualityFlags.None)));
        await JudgeAsync(test, times: 2);
        await test.SweepAsync();

        Assert.Empty(await FindingsAsync(test));
        Assert.Equal(HazardLevel.Minor, (await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))!.Level);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_late_values_refute_ends_where_it_began_and_a_feed_with_a_contradicted_station_has_a_lower_score(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        var feed = await FeedAsync(test);
        await StoreHoursAsync(test, feed, -24, 0, odd: 33);
        await JudgeAsync(test);
        await using (var db = test.Store.Read<ObservationsDb>())
        {
            feed.StationCount = 6;
            Assert.Equal(0.8333, (await Resilience.Observations.Feeds.FeedScore.SharesAsync(db, feed, TestStore.Begin, default)).Uncontradicted);
            Assert.Equal("Station 0", Assert.Single(await ShowNeighbours.OfFeedAsync(db, "test", default)).StationName);
        }

        await StoreHoursAsync(test, feed, -24, 0, odd: 20); // all of it corrected
        await JudgeAsync(test);
        var refuted = Assert.Single(await FindingsAsync(test));
        Assert.Equal((refuted.Since, TestStore.Begin), (refuted.Until, refuted.EndedAt));
        Assert.Empty(await MarksAsync(test, "t:0"));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_thermometer_that_moves_away_a_little_every_day_is_found_to_drift_long_before_it_is_apart(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        var feed = await FeedAsync(test);
        for (var day = 0; day < 30; day++)
        {
            await StoreHoursAsync(test, feed, (day * 24) - 23, day * 24, odd: 20 + (day * 0.17));
            await JudgeAsync(test);
            test.Clock.Advance(TimeSpan.FromDays(1));
        }

        var drift = Assert.Single(await FindingsAsync(test));
        Assert.Equal((Odd, FindingKind.Drift, null), (drift.DatastreamId, drift.Kind, drift.Until));
        Assert.InRange(NeighbourFigures.FromJson(drift.Figures).PerDay!.Value, 0.15, 0.19);
        Assert.Equal(["Neighbour"], await MarksAsync(test, "t:0"));
    }

    private static Task<StoredBatch> StoreRainAsync(TestStore test, Feed feed, int from, int to, Func<int, int, double> fell)
    {
        var parsed = new ParsedPayload();
        for (var i = 0; i < 6; i++)
        {
            var at = i == 0 ? new NetTopologySuite.Geometries.Coordinate(90, 28) : Wgs84.Destination(new(90, 28), i * 72, 8_000);
            parsed.Stations[$"t:{i}"] = new ParsedStation($"t:{i}", $"Station {i}", Wgs84.Point(at.X, at.Y));
            parsed.Datastreams[$"t:{i}:rain"] = new ParsedDatastream($"t:{i}:rain", $"t:{i}", ObservedProperty.Rainfall, "mm", "Rain", TimeSpan.FromHours(1));
            parsed.Observations.AddRange(Enumerable.Range(from, to - from + 1).Select(hour => new ParsedObservation($"t:{i}:rain", TestStore.Begin.AddHours(hour), fell(i, hour))));
        }

        return test.StoreAsync(feed, parsed);
    }

    private static Task<StoredBatch> StoreHoursAsync(TestStore test, Feed feed, int from, int to, double odd, double? humidity = null)
    {
        var parsed = new ParsedPayload();
        for (var i = 0; i < 6; i++)
        {
            var at = i == 0 ? new NetTopologySuite.Geometries.Coordinate(90, 28) : Wgs84.Destination(new(90, 28), i * 72, 20_000);
            parsed.Stations[$"t:{i}"] = new ParsedStation($"t:{i}", $"Station {i}", Wgs84.Point(at.X, at.Y)) { Elevation = 200 };
            parsed.Datastreams[$"t:{i}:air"] = new ParsedDatastream($"t:{i}:air", $"t:{i}", ObservedProperty.AirTemperature, "degC", "Air", TimeSpan.FromHours(1));
            parsed.Datastreams[$"t:{i}:humidity"] = new ParsedDatastream($"t:{i}:humidity", $"t:{i}", ObservedProperty.RelativeHumidity, "%", "Humidity", TimeSpan.FromHours(1));
            for (var hour = from; hour <= to; hour++)
            {
                // A tenth of a degree to and fro, so that nothing rests.
                parsed.Observations.Add(new ParsedObservation($"t:{i}:air", TestStore.Begin.AddHours(hour), (i == 0 ? odd : 20) + (hour % 2 == 0 ? 0.1 : 0)));
                if (humidity is { } percent)
                {
                    parsed.Observations.Add(new ParsedObservation($"t:{i}:humidity", TestStore.Begin.AddHours(hour), percent));
                }
            }
        }

        return test.StoreAsync(feed, parsed);
    }

    private static async Task<Feed> FeedAsync(TestStore test)
    {
        await Gauges.AddFeedAsync(test);
        return await test.FeedAsync("test");
    }

    private static async Task JudgeAsync(TestStore test, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await test.Get<IEnumerable<IRecurringWork>>().OfType<JudgeNeighbours>().Single().RunAsync(default);
        }
    }

    private static async Task<List<NeighbourFinding>> FindingsAsync(TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return await db.NeighbourFindings.OrderBy(row => row.DatastreamId).ThenBy(row => row.Kind).ThenBy(row => row.Since).ToListAsync();
    }

    private static async Task<IReadOnlyList<DatastreamObservation>> LastBatchAsync(TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        var batch = await db.Batches.OrderByDescending(row => row.StoredAt).FirstAsync();
        return await test.Get<ObservationQueries>().ListBatchesAsync([batch.Id], default);
    }

    private static async Task<IReadOnlyList<string>> MarksAsync(TestStore test, string station) =>
        [.. (await new StationsLayer(test.Store).ListChangedSinceAsync(0, default)).Where(feature => feature.Id == station).SelectMany(Marks)];

    private static IEnumerable<string> Marks(MapFeature feature) =>
        System.Text.Json.JsonDocument.Parse(feature.Json).RootElement.GetProperty("properties").GetProperty("quality").EnumerateArray().Select(one => one.GetString()!).Where(one => one.StartsWith("Neighbour", StringComparison.Ordinal));
}
