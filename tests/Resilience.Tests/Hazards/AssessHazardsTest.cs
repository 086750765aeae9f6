using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards;

/// <summary>From stored observations to assessments in the database, on both engines.</summary>
public sealed class AssessHazardsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_flood_is_assessed_with_its_evidence(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 20.25, 20.275, 20.30, 20.325, 20.35));
        await test.SweepAsync();

        var current = await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default);
        Assert.NotNull(current);
        Assert.Equal((HazardLevel.Minor, HazardKind.RiverFlood, false, Trend.Rising), (current.Level, current.Kind, current.Silent, current.Trend));
        Assert.StartsWith("Stage 20.30 ft is 2.30 ft above flood stage 18.0 ft at Pearl River near Bogalusa", current.Summary, StringComparison.Ordinal);
        Assert.Equal(TestStore.Begin.AddHours(-1), current.Onset);
        Assert.Equal(0.95, current.Confidence);
        var evidence = Evidence.FromJson(current.Evidence);
        Assert.Equal([20.25, 20.275, 20.30], evidence.Readings.Select(reading => reading.Value));
        Assert.Equal([15.0, 18.0], evidence.Thresholds.Select(threshold => threshold.Value));
        Assert.Equal([current.Id], (await test.Get<HazardQueries>().ListCurrentAsync(default)).Select(assessment => assessment.Id));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_silent_station_keeps_its_level_and_says_so_once(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 18.5, 18.5, 18.5));
        await test.SweepAsync();
        test.Clock.Advance(TimeSpan.FromMinutes(46));
        for (var i = 0; i < 2; i++)
        {
            await test.Get<ListenForSilence>().RunAsync(default);
            await test.SweepAsync();
        }

        var history = await test.Get<HazardQueries>().ListHistoryAsync(Gauges.Pearl, 10, default);
        Assert.Equal((HazardLevel.Minor, true), (history[0].Level, history[0].Silent));
        Assert.Single(history, assessment => assessment.Silent);

        await Gauges.StoreAsync(test, Gauges.PearlStage, [(test.Clock.GetUtcNow(), 18.4, QualityFlags.None)]);
        await test.SweepAsync();
        var heard = await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default);
        Assert.Equal((HazardLevel.Minor, false), (heard!.Level, heard.Silent));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_input_gives_the_same_ids_and_bytes_in_any_split(Engine engine)
    {
        var runs = new List<string>();
        foreach (var size in new[] { 1, 7 })
        {
            await using var test = await Gauges.CreateAsync(engine);
            await Gauges.AddPearlAsync(test);
            await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 17.5, 17.8, 18.1, 18.4, 18.6, 18.6, 18.6, 18.6, 18.6, 18.5), size);
            await test.SweepAsync();
            var history = await test.Get<HazardQueries>().ListHistoryAsync(Gauges.Pearl, 50, default);
            runs.Add(JsonSerializer.Serialize(history.OrderBy(a => a.PhenomenonTime).Select(a => new { a.Id, a.Level, a.Trend, a.Onset, a.PhenomenonTime, a.Confidence, a.Summary, a.Evidence })));
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_assumed_threshold_says_so_and_never_becomes_more_than_moderate(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "ea:1", "Severn at Bewdley", -2.32, 52.38, "level", ObservedProperty.Stage, "mASD", high: 3.5, record: 5.5);
        await Gauges.StoreAsync(test, "ea:1:level", Gauges.Quarters(TestStore.Begin, 4.0, 4.0, 4.0));
        await test.SweepAsync();
        var action = await test.Get<HazardQueries>().FindCurrentAsync("ea:1", default);
        Assert.Equal(HazardLevel.Action, action!.Level);
        Assert.Contains("assumed threshold", action.Summary, StringComparison.Ordinal);
        Assert.True(action.Confidence <= 0.75);

        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await Gauges.StoreAsync(test, "ea:1:level", [(test.Clock.GetUtcNow(), 9.0, QualityFlags.None)]);
        await test.SweepAsync();
        Assert.Equal(HazardLevel.Moderate, (await test.Get<HazardQueries>().FindCurrentAsync("ea:1", default))!.Level);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_map_layer_gives_the_newest_of_each_station(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 12, 12, 12));
        await test.SweepAsync();
        var layer = new AssessmentLayer(test.Store);
        var first = Assert.Single(await layer.ListChangedSinceAsync(0, default));
        await Gauges.StoreAsync(test, Gauges.PearlStage, [(TestStore.Begin.AddMinutes(1), 19.5, QualityFlags.None)]);
        await test.SweepAsync();

        var second = Assert.Single(await layer.ListChangedSinceAsync(first.Version, default));
        using var json = JsonDocument.Parse(second.Json);
        var properties = json.RootElement.GetProperty("properties");
        Assert.Equal(Gauges.Pearl, json.RootElement.GetProperty("id").GetString());
        Assert.Equal("Minor", properties.GetProperty("level").GetString());
        Assert.Equal("Pearl River near Bogalusa", properties.GetProperty("stationName").GetString());
        Assert.Empty(await layer.ListChangedSinceAsync(second.Version, default));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_thousand_observations_in_small_batches_take_less_than_a_second(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddFeedAsync(test);
        for (var i = 0; i < 50; i++)
        {
            await Gauges.AddAsync(test, $"ea:{i}", $"Gauge {i}", -2, 52 + (i * 0.01), "level", ObservedProperty.Stage, "mASD", high: 3.5, record: 5.5);
        }

        async Task Feed(int hour)
        {
            for (var i = 0; i < 50; i++)
            {
                await Gauges.StoreAsync(test, $"ea:{i}:level", Enumerable.Range(0, 20).Select(m => (TestStore.Begin.AddMinutes((hour * 300) + (m * 15)), 1 + (0.01 * m), QualityFlags.None)), size: 4);
            }
        }

        // The first round makes the rows and warms up; of the next two the better one counts, as the machine may be busy elsewhere.
        var took = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            await Feed(round);
            var started = Stopwatch.GetTimestamp();
            await test.Get<AssessHazards>().DrainAsync(default);
            took = round > 0 && Stopwatch.GetElapsedTime(started) < took ? Stopwatch.GetElapsedTime(started) : took;
        }

        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal(50, await db.Memories.CountAsync());
        Assert.True(took < TimeSpan.FromSeconds(1), $"1,000 observations in 250 batches took {took.TotalMilliseconds:0} ms.");
    }
}
