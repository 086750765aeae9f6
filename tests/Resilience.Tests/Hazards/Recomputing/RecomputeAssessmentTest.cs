using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Ratings;
using Resilience.Hazards.Recomputing;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Hazards.Ratings;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Recomputing;

/// <summary>An assessment of any rule comes out again, bit for bit, from what is kept with it and from nothing else. Readings are made.</summary>
public sealed class RecomputeAssessmentTest
{
    private const string Town = "t:town";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Stages_rain_slopes_heat_lakes_and_silences_come_out_again_though_all_they_were_made_from_is_gone(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.AddAsync(test, "drill:thorthormi-lake", "Thorthormi Tsho", 90.263, 28.106, "level", ObservedProperty.LakeLevel, "m", everyMinutes: 15, exercise: true);
        await Gauges.AddAsync(test, "drill:thanza", "Pho Chhu at Thanza", 90.206, 28.085, "level", ObservedProperty.Stage, "m", exercise: true, high: 2.6);
        await Gauges.AddAsync(test, "drill:lhedi", "Pho Chhu at Lhedi", 90.065, 28.03, "level", ObservedProperty.Stage, "m", exercise: true, high: 2.6);
        await Gauges.AddAsync(test, "t:hill", "Hill", 89.64, 27.47, "rain", ObservedProperty.Rainfall, "mm");
        await Gauges.AddAsync(test, Town, "Town", 89.39, 26.86, "air", ObservedProperty.AirTemperature, "degF");
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(default))
        {
            step.Db.Datastreams.Add(new Datastream { Id = $"{Town}:humidity", StationId = Town, Property = ObservedProperty.RelativeHumidity, Unit = "%", Name = "humidity", ExpectedEvery = TimeSpan.FromMinutes(15) });
            await step.CommitAsync(default);
        }

        // Ten hours, a quarter at a time; some comes late, some is corrected, some is doubted, and Lhedi falls silent.
        for (var i = 0; i < 40; i++)
        {
            test.Clock.Advance(TimeSpan.FromMinutes(15));
            await HearAsync(test, Gauges.PearlStage, i, i < 20 ? 16 + (0.2 * i) : 20 - (0.2 * (i - 20)), i == 12 ? QualityFlags.Stuck | QualityFlags.Suspect : QualityFlags.None);
            await HearAsync(test, "drill:thorthormi-lake:level", i, i < 16 ? 6.55 + (0.1 * i) : 5.4);
            await HearAsync(test, "drill:thanza:level", i, 1.2 + (0.04 * i));
            await HearAsync(test, "t:hill:rain", i, i is > 4 and < 30 ? 5.3 : 0);
            if (i < 8)
            {
                await HearAsync(test, "drill:lhedi:level", i, 1.6);
            }

            if (i % 3 == 2)
            {
                await HearAsync(test, $"{Town}:humidity", i - 1, 55);
            }

            await HearAsync(test, $"{Town}:air", i, 80 + (0.8 * i));
            if (i == 25)
            {
                await Gauges.StoreAsync(test, Gauges.PearlStage, [(TestStore.Begin.AddMinutes(15 * 24), 21.7, QualityFlags.None)], revision: 1);
            }

            await test.Get<ListenForSilence>().RunAsync(default);
            await test.SweepAsync();
        }

        var all = await WipeAsync(test);
        Assert.Equal(
            [LakeRule.Name, FeltRule.Name, RainRule.Name, SlopeRule.Name, StageRule.Name, UpstreamRise.RuleName],
            all.Select(one => one.RuleName).Distinct().OrderBy(name => name switch { LakeRule.Name => 0, FeltRule.Name => 1, RainRule.Name => 2, SlopeRule.Name => 3, StageRule.Name => 4, _ => 5 }));
        Assert.True(all.Count >= 20, $"{all.Count}");
        await EachIsTheSameAsync(test, all);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_a_rating_turned_comes_out_again_by_the_rating_that_was_kept_and_not_by_another(Engine engine)
    {
        await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Discharge, ("Action", 3000), ("Minor", 6000));
        await Patuxent.AddStageAsync(test);
        foreach (var (value, i) in new[] { 9, 10.0, 11, 12, 13, 14, 15, 16, 16.5, 16, 15, 13 }.Select((value, i) => (value, i)))
        {
            test.Clock.Advance(TimeSpan.FromMinutes(15));
            await HearAsync(test, $"{Patuxent.Id}:00065", i, value);
            await test.SweepAsync();
        }

        var all = await WipeAsync(test);
        Assert.Contains(all, one => Evidence.FromJson(one.Evidence) is { Rarity.Rating: not null, Thresholds: [{ Rated: not null }, ..] });
        await EachIsTheSameAsync(test, all);

        // Each way in which a thing kept may not fit the others is told by its name.
        var last = all[^1].Id;
        await ChangeAsync(test, db => db.Assessments.Where(row => row.Id == last).ExecuteUpdateAsync(set => set.SetProperty(row => row.Summary, row => row.Summary + " ").SetProperty(row => row.Confidence, row => row.Confidence - 0.01)));
        var changed = await test.Get<RecomputeAssessment>().RunAsync(last, default);
        Assert.Equal((false, "confidence, summary"), (changed.Same, string.Join(", ", changed.Differs)));
        await ChangeAsync(test, async db =>
        {
            // A tenth more flow at every stage, under the same name.
            var kept = (await db.Ratings.AsNoTracking().SingleAsync()).Read();
            db.Ratings.Update(KeptRating.Of(new RatingCurve([.. kept.Segments.Select(one => one with { A = one.A * 1.1 })], kept.HighestGauging, kept.StageUnit, kept.DischargeUnit, kept.Source, kept.Version)));
        });
        Assert.Equal("threshold Action, threshold Minor", string.Join(", ", (await test.Get<RecomputeAssessment>().RunAsync(all[0].Id, default)).Differs));
        await ChangeAsync(test, db => db.Ratings.ExecuteDeleteAsync());
        Assert.Equal("threshold Action, threshold Minor", string.Join(", ", (await test.Get<RecomputeAssessment>().RunAsync(all[0].Id, default)).Differs));
        await ChangeAsync(test, db => db.Assessments.Where(row => row.Id == last).ExecuteUpdateAsync(set => set.SetProperty(row => row.RuleVersion, "0")));
        Assert.Equal((null, "Version 0 of the rule made it; version 1 runs now."), await WhyAsync(test, last));
        await ChangeAsync(test, db => db.Bases.ExecuteDeleteAsync());
        Assert.StartsWith("Nothing is kept", (await WhyAsync(test, last)).Why, StringComparison.Ordinal);
    }

    /// <summary>Whether water that is about to stand high, or only still does, is told to be rare must not hang on what came with it in one batch.</summary>
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task How_rare_the_water_is_is_told_of_the_same_readings_however_they_came(Engine engine)
    {
        // Action ahead of its crossing at 12 ft, then a flood that falls below and is held there.
        double[] stages = [11, 11.2, 11.4, 11.6, 11.8, 12.4, 14, 16, 18, 18, 17, 15, 13, 12.05, 11.9, 11.88, 11.88, 11.88, 11.88, 11.88, 11.88];
        var runs = new List<List<(Guid Id, HazardLevel Level, double Value, double? Rare)>>();
        foreach (var size in new[] { 1, 7, 21 })
        {
            await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Stage, ("Action", 12), ("Minor", 15.5));
            await Patuxent.AddStageAsync(test);
            foreach (var some in stages.Select((value, i) => (value, i)).Chunk(size))
            {
                test.Clock.Advance(TimeSpan.FromMinutes(15 * some.Length));
                await Gauges.StoreAsync(test, $"{Patuxent.Id}:00065", some.Select(one => (TestStore.Begin.AddMinutes(15 * (one.i + 1)), one.value, QualityFlags.None)));
                await test.SweepAsync();
            }

            await using var db = test.Store.Read<HazardsDb>();
            var all = await db.Assessments.OrderBy(row => row.PhenomenonTime).ThenBy(row => row.AssessedAt).ToListAsync();
            runs.Add(all.ConvertAll(one => (one.Id, one.Level, Evidence.FromJson(one.Evidence).Readings[^1].Value, Evidence.FromJson(one.Evidence).Rarity?.Value)));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(runs[0], runs[2]);
        // Before the water stands high nothing is said to be rare; while a level is held below it, its peak is.
        Assert.Contains(runs[0], one => one is { Level: HazardLevel.Action, Value: < 12, Rare: null });
        Assert.Contains(runs[0], one => one is { Level: HazardLevel.Action, Value: < 12, Rare: not null });
    }

    private static Task HearAsync(TestStore test, string datastream, int quarter, double value, QualityFlags flags = QualityFlags.None) =>
        Gauges.StoreAsync(test, datastream, [(TestStore.Begin.AddMinutes(15 * (quarter + 1)), value, flags)]);

    /// <summary>All assessments, after the observations and what the rules remember are gone.</summary>
    private static async Task<List<HazardAssessment>> WipeAsync(TestStore test)
    {
        await ChangeAsync(test, async db =>
        {
            await db.Memories.ExecuteDeleteAsync();
            await db.Database.ExecuteSqlAsync($"DELETE FROM observations_observation");
        });
        await using var read = test.Store.Read<HazardsDb>();
        return await read.Assessments.OrderBy(row => row.PhenomenonTime).ThenBy(row => row.AssessedAt).ThenBy(row => row.Id).ToListAsync();
    }

    private static async Task EachIsTheSameAsync(TestStore test, IReadOnlyList<HazardAssessment> all)
    {
        foreach (var one in all)
        {
            var again = await test.Get<RecomputeAssessment>().RunAsync(one.Id, default);
            Assert.True(again.Same, $"{one.RuleName} {one.PhenomenonTime:O} {one.Level}: {again.Why}{string.Join(", ", again.Differs)}");
        }
    }

    private static async Task ChangeAsync(TestStore test, Func<HazardsDb, Task> change)
    {
        await using var step = await test.Store.BeginAsync<HazardsDb>(default);
        await change(step.Db);
        await step.CommitAsync(default);
    }

    private static async Task<(bool? Same, string? Why)> WhyAsync(TestStore test, Guid id)
    {
        var again = await test.Get<RecomputeAssessment>().RunAsync(id, default);
        return (again.Same, again.Why);
    }
}
