using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Revising;
using Resilience.Hazards.SettingAside;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards;

/// <summary>Rain after which slopes fail: a second hazard from the same gauge, on both engines.</summary>
public sealed class AssessSlopesTest
{
    private const string Station = "test:thimphu";
    private const string Rain = "test:thimphu:rain";

    private static async Task AddAsync(TestStore test)
    {
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, Station, "Thimphu", 89.64, 27.47, "rain", ObservedProperty.Rainfall, "mm", everyMinutes: 60);
    }

    private static IEnumerable<(DateTimeOffset Time, double Value, QualityFlags Flags)> Hours(DateTimeOffset last, params double[] depths) =>
        depths.Select((depth, i) => (last.AddHours(-(depths.Length - 1 - i)), depth, QualityFlags.None));

    private static double[] Even(int hours, double depth) => [.. Enumerable.Repeat(depth, hours)];

    private static async Task<HazardAssessment?> LatestAsync(TestStore test, HazardKind kind) =>
        (await test.Get<HazardQueries>().ListLatestAsync([Station], default)).SingleOrDefault(one => one.Kind == kind);

    [Theory]
    [InlineData(14.82, 0.39, 1, 14.8)]
    [InlineData(14.82, 0.39, 24, 103.0)]
    [InlineData(73.90, 0.79, 24, 144.0)]
    [InlineData(73.90, 0.79, 72, 181.4)]
    public void A_curve_of_intensity_is_a_sum_over_its_hours(double alpha, double exponent, int hours, double depth) => Assert.Equal(depth, SlopeRule.Depth(alpha, exponent, hours));

    [Theory]
    [InlineData(89.64, 27.47, "Dahal and Hasegawa", 7)]
    [InlineData(127.0, 37.5, "Lee 2016", 1)]
    [InlineData(7.4, 46.9, "Caine 1980", 7)]
    public void Where_nobody_set_a_threshold_a_published_curve_stands_in_at_action_only_and_says_so(double longitude, double latitude, string source, int count)
    {
        var found = SlopeBook.Read(new GeodataDirectory(Repository.Path("geodata"))).Find(Wgs84.Point(longitude, latitude).Coordinate, "mm");
        Assert.Equal(count, found.Count);
        Assert.All(found, one => Assert.Equal((HazardLevel.Action, true, HazardKind.Landslide), (one.Level, one.Assumed, one.Kind)));
        Assert.All(found, one => Assert.Contains(source, one.Source, StringComparison.Ordinal));
    }

    [Fact]
    public void Even_rain_raises_the_level_exactly_when_its_intensity_reaches_the_curve() =>
        Gen.Select(Gen.Double[1, 40], Gen.Double[0.1, 0.9], Gen.Int[2, 71], Gen.Double[0.5, 30]).Sample((alpha, exponent, hours, intensity) =>
        {
            var thresholds = RainSums.Windows.Select(window => new StageThreshold(HazardLevel.Action, SlopeRule.Depth(alpha, exponent, window), "mm", "curve", "test", true, window, HazardKind.Landslide)).ToList();
            var setting = new Setting(thresholds, TimeSpan.FromHours(1), StageParameters.ForUnit("m")!, null) { Rain = RainParameters.Slopes };
            var readings = Enumerable.Range(0, 80 + hours).Select(i => new Reading(TestStore.Begin.AddHours(i), 0, i < 80 ? 0 : intensity, Trust.Trusted, "")).ToList();
            var level = Assess.Next("d", setting, Memory.Empty, readings, readings[^1].Time).Memory.Published!.Level;
            // Of each window so much is wet; the sum of a longer one is that of the whole rain.
            var reached = RainSums.Windows.Any(window => (Math.Min(window, hours) * intensity) + 1e-5 >= SlopeRule.Depth(alpha, exponent, window));
            Assert.Equal(reached ? HazardLevel.Action : HazardLevel.None, level);
        });

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task One_gauge_raises_heavy_rain_and_landslides_each_with_its_own_rule_and_zone(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(72, 0), .. Even(24, 6.25)]));
        await test.SweepAsync();

        var (rain, slide) = (await LatestAsync(test, HazardKind.HeavyRain), await LatestAsync(test, HazardKind.Landslide));
        Assert.Equal((HazardLevel.Moderate, RainRule.Name), (rain!.Level, rain.RuleName));
        Assert.Equal((HazardLevel.Action, SlopeRule.Name), (slide!.Level, slide.RuleName));
        Assert.NotEqual(rain.Id, slide.Id);
        Assert.Equal("150 mm of rain fell within 24 hours at Thimphu (6.25 mm/h), 6 mm above the landslide watch threshold of 144 mm in 24 hours (an assumed threshold).", slide.Summary);
        var evidence = Evidence.FromJson(slide.Evidence);
        Assert.Equal((24, 24, 150.0), (evidence.DecidingHours, evidence.Readings.Count, evidence.Readings.Sum(reading => reading.Value)));
        Assert.Equal(rain.Id, (await test.Get<HazardQueries>().FindCurrentAsync(Station, default))!.Id);

        var zones = test.Get<RiskQueries>();
        Assert.Equal("Very heavy rain at Thimphu", (await zones.GetAsync(AssessRisk.ZoneId(Station, HazardKind.HeavyRain), default)).Title);
        var zone = await zones.GetAsync(AssessRisk.ZoneId(Station, HazardKind.Landslide), default);
        Assert.Equal(("Slopes may slide around Thimphu", Likelihood.Medium, CapSeverity.Minor), (zone.Title, zone.Likelihood, zone.Severity));
        Assert.Contains("How steep the ground is, is not known here", zone.Assumptions, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Slopes_stay_marked_for_a_day_of_readings_and_hours_without_any_do_not_count(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(72, 0), .. Even(4, 30)]));
        await test.SweepAsync();
        Assert.Equal(HazardLevel.Action, (await LatestAsync(test, HazardKind.Landslide))!.Level);

        // 60 hours of silence, and then dry hours: neither the silence nor the first of them end it.
        test.Clock.Advance(TimeSpan.FromHours(60));
        await test.Get<ListenForSilence>().RunAsync(default);
        await test.SweepAsync();
        Assert.Equal((HazardLevel.Action, true), ((await LatestAsync(test, HazardKind.Landslide))!.Level, (await LatestAsync(test, HazardKind.Landslide))!.Silent));
        Assert.Equal((HazardLevel.Moderate, true), ((await LatestAsync(test, HazardKind.HeavyRain))!.Level, (await LatestAsync(test, HazardKind.HeavyRain))!.Silent));
        test.Clock.Advance(TimeSpan.FromHours(20));
        await Gauges.StoreAsync(test, Rain, Hours(test.Clock.GetUtcNow(), Even(20, 0)));
        await test.SweepAsync();
        Assert.Equal((HazardLevel.Action, HazardLevel.None), ((await LatestAsync(test, HazardKind.Landslide))!.Level, (await LatestAsync(test, HazardKind.HeavyRain))!.Level));
        test.Clock.Advance(TimeSpan.FromHours(6));
        await Gauges.StoreAsync(test, Rain, Hours(test.Clock.GetUtcNow(), Even(6, 0)));
        await test.SweepAsync();
        Assert.Equal(HazardLevel.None, (await LatestAsync(test, HazardKind.Landslide))!.Level);
        Assert.True((await test.Get<RiskQueries>().GetAsync(AssessRisk.ZoneId(Station, HazardKind.Landslide), default)).Removed);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_rain_gives_the_same_ids_and_bytes_in_any_split(Engine engine)
    {
        var runs = new List<string>();
        foreach (var size in new[] { 1, 7, 200 })
        {
            await using var test = await Gauges.CreateAsync(engine);
            await AddAsync(test);
            await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(40, 0.2), .. Even(14, 11), .. Even(40, 0), 60, 70, 3]), size);
            await test.SweepAsync();
            var history = (await test.Get<HazardQueries>().ListHistoryAsync(Station, 90, default)).Where(one => one.Kind == HazardKind.Landslide).ToList();
            Assert.Equal([HazardLevel.None, HazardLevel.Action, HazardLevel.None, HazardLevel.Action], history.OrderBy(one => one.PhenomenonTime).Select(one => one.Level));
            runs.Add(JsonSerializer.Serialize(history.OrderBy(a => a.PhenomenonTime).Select(a => new { a.Id, a.Level, a.Onset, a.PhenomenonTime, a.Summary, a.Evidence })));
        }

        Assert.Single(runs.Distinct());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_known_before_is_judged_for_slopes_by_what_it_said_of_late(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(72, 0), .. Even(24, 6.2)]));
        await test.SweepAsync();
        await using (var step = await test.Store.BeginAsync<HazardsDb>(default))
        {
            // As a database stands that was written before slopes were judged.
            await step.Db.Memories.Where(row => row.Concern == HazardKind.Landslide).ExecuteDeleteAsync();
            await step.Db.Assessments.Where(row => row.Kind == HazardKind.Landslide).ExecuteDeleteAsync();
            await step.CommitAsync(default);
        }

        test.Clock.Advance(TimeSpan.FromHours(1));
        await Gauges.StoreAsync(test, Rain, Hours(test.Clock.GetUtcNow(), 6.2));
        await test.SweepAsync();
        Assert.Equal((HazardLevel.Action, 24), ((await LatestAsync(test, HazardKind.Landslide))!.Level, Evidence.FromJson((await LatestAsync(test, HazardKind.Landslide))!.Evidence).DecidingHours));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_agencys_own_curve_goes_by_the_same_book_and_leaves_heavy_rain_alone(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(70, 0), 20, 21, 22]));
        await test.SweepAsync();
        Assert.Equal(HazardLevel.None, (await LatestAsync(test, HazardKind.Landslide))!.Level);
        var rain = await LatestAsync(test, HazardKind.HeavyRain);

        OwnThreshold[] own = [new(HazardLevel.Action, 40, 3), new(HazardLevel.Minor, 60, 3), new(HazardLevel.Minor, 90, 24)];
        var (trial, _) = await test.Get<TryThresholds>().TryAsync(Rain, own, HazardKind.Landslide, default);
        Assert.Equal((HazardLevel.None, HazardLevel.Minor, SlopeRule.Version), (trial.Before!.LevelNow, trial.After!.LevelNow, trial.RuleVersion));
        var (karma, tshering) = (new Caller(StableId.From("test.person", "karma"), "Karma"), new Caller(StableId.From("test.person", "tshering"), "Tshering"));
        var propose = test.Get<ProposeThresholds>();
        var slides = await propose.ProposeAsync(Rain, new ProposalRequest(own, "Slides of 2021", "The gauge is new.", HazardKind.Landslide), karma, default);
        // Another proposal for heavy rain does not stand in its way.
        await propose.ProposeAsync(Rain, new ProposalRequest([new(HazardLevel.Minor, 200, 3)], "Drains of 2020", "The gauge is new."), karma, default);
        await test.Get<DecideThresholds>().EnableAsync(slides.Id, new(null, WithoutHistory: true), tshering, default);
        await test.SweepAsync();

        var slide = await LatestAsync(test, HazardKind.Landslide);
        Assert.Equal("63 mm of rain fell within 3 hours at Thimphu (21 mm/h), 3 mm above the landslide threshold of 60 mm in 3 hours.", slide!.Summary);
        Assert.Equal(rain!.Id, (await LatestAsync(test, HazardKind.HeavyRain))!.Id);
        var zone = await test.Get<RiskQueries>().GetAsync(AssessRisk.ZoneId(Station, HazardKind.Landslide), default);
        Assert.Equal(("Landslides likely around Thimphu", Likelihood.High), (zone.Title, zone.Likelihood));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Setting_a_gauge_aside_sets_aside_both(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(72, 0), .. Even(24, 6.25)]));
        await test.SweepAsync();
        var current = await test.Get<HazardQueries>().FindCurrentAsync(Station, default);
        await test.Get<SetAsideHazard>().SetAsync(Station, new SetAsideRequest(current!.Id, "Somebody poured water in."), new Caller(StableId.From("test.person", "karma"), "Karma"), default);
        Assert.All(await test.Get<HazardQueries>().ListLatestAsync([Station], default), one => Assert.Equal(HazardLevel.None, one.Level));
        Assert.Equal(HazardKind.HeavyRain, (await test.Get<HazardQueries>().FindCurrentAsync(Station, default))!.Kind);
    }
}
