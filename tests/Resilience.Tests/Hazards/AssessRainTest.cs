using System.Text.Json;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Revising;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards;

/// <summary>From stored rain to an assessment, a zone and its words, on both engines.</summary>
public sealed class AssessRainTest
{
    private const string Station = "test:thimphu";
    private const string Rain = "test:thimphu:rain";

    private static async Task AddAsync(TestStore test, string unit = "mm")
    {
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, Station, "Thimphu", 89.64, 27.47, "rain", ObservedProperty.Rainfall, unit, everyMinutes: 60);
    }

    private static IEnumerable<(DateTimeOffset Time, double Value, QualityFlags Flags)> Hours(DateTimeOffset last, params double[] depths) =>
        depths.Select((depth, i) => (last.AddHours(-(depths.Length - 1 - i)), depth, QualityFlags.None));

    private static double[] Even(int hours, double depth) => [.. Enumerable.Repeat(depth, hours)];

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Heavy_rain_becomes_an_assessment_with_its_evidence_and_a_zone_in_plain_words(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(60, 0), .. Even(20, 6), .. Even(2, 0)]));
        await test.SweepAsync();

        var current = await test.Get<HazardQueries>().FindCurrentAsync(Station, default);
        Assert.Equal((HazardKind.HeavyRain, HazardLevel.Moderate, RainRule.Name, false), (current!.Kind, current.Level, current.RuleName, current.Silent));
        Assert.Equal(
            "120 mm of rain fell within 24 hours at Thimphu, 4.4 mm above the very-heavy-rain threshold of 115.6 mm in 24 hours (an assumed threshold).",
            current.Summary);
        var evidence = Evidence.FromJson(current.Evidence);
        Assert.Equal((24, 20, 120), (evidence.DecidingHours, evidence.Readings.Count, evidence.Readings.Sum(reading => reading.Value)));
        Assert.Equal([6, 18, 36, 72, 120, 120, 120], evidence.Sums!.Select(sum => sum.Depth));
        Assert.Contains("India Meteorological Department", evidence.Thresholds[0].Source, StringComparison.Ordinal);

        var zone = await test.Get<RiskQueries>().GetAsync(AssessRisk.ZoneId(Station, HazardKind.HeavyRain), default);
        Assert.Equal(("Very heavy rain at Thimphu", Likelihood.Medium, CapSeverity.Moderate), (zone.Title, zone.Likelihood, zone.Severity));
        Assert.Contains("inside 10 km around the rain gauge", zone.Reason, StringComparison.Ordinal);
        Assert.Contains("One gauge says what fell on it", zone.Assumptions, StringComparison.Ordinal);
        Assert.True(zone.People > 0);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_zone_goes_when_it_has_stopped_and_stays_when_the_gauge_falls_silent(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, Even(24, 4)));
        await test.SweepAsync();
        var zones = test.Get<RiskQueries>();
        Assert.Single(await zones.ListAsync(default));

        test.Clock.Advance(TimeSpan.FromHours(4));
        await test.Get<ListenForSilence>().RunAsync(default);
        await test.SweepAsync();
        var silent = await test.Get<HazardQueries>().FindCurrentAsync(Station, default);
        Assert.Equal((HazardLevel.Minor, true), (silent!.Level, silent.Silent));
        Assert.False((await zones.GetAsync(AssessRisk.ZoneId(Station, HazardKind.HeavyRain), default)).Removed);

        test.Clock.Advance(TimeSpan.FromHours(30));
        await Gauges.StoreAsync(test, Rain, Hours(test.Clock.GetUtcNow(), Even(31, 0)));
        await test.SweepAsync();
        Assert.Equal(HazardLevel.None, (await test.Get<HazardQueries>().FindCurrentAsync(Station, default))!.Level);
        Assert.True((await zones.GetAsync(AssessRisk.ZoneId(Station, HazardKind.HeavyRain), default)).Removed);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_rain_gives_the_same_ids_and_bytes_in_any_split(Engine engine)
    {
        var runs = new List<string>();
        foreach (var size in new[] { 1, 9, 200 })
        {
            await using var test = await Gauges.CreateAsync(engine);
            await AddAsync(test);
            await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(40, 0.2), .. Even(12, 9), .. Even(30, 0), 40, 70, 3]), size);
            await test.SweepAsync();
            var history = await test.Get<HazardQueries>().ListHistoryAsync(Station, 50, default);
            Assert.True(history.Count > 3);
            runs.Add(JsonSerializer.Serialize(history.OrderBy(a => a.PhenomenonTime).Select(a => new { a.Id, a.Level, a.Onset, a.PhenomenonTime, a.Summary, a.Evidence })));
        }

        Assert.Single(runs.Distinct());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Inches_are_judged_by_the_same_rain(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test, "in");
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, Even(24, 2.6 / 24)));
        await test.SweepAsync();
        var current = await test.Get<HazardQueries>().FindCurrentAsync(Station, default);
        Assert.Equal(HazardLevel.Minor, current!.Level);
        Assert.StartsWith("2.6 in of rain fell within 24 hours at Thimphu, 0.06 in above the heavy-rain threshold of 2.54 in", current.Summary, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Rain_of_a_weather_report_is_not_judged_because_its_silence_says_nothing(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "metar:VQPR", "Paro", 89.42, 27.40, "rain-6h", ObservedProperty.Rainfall, "mm", everyMinutes: 360);
        await Gauges.StoreAsync(test, "metar:VQPR:rain-6h", [(TestStore.Begin, 400, QualityFlags.None)]);
        await test.SweepAsync();
        Assert.Null(await test.Get<HazardQueries>().FindCurrentAsync("metar:VQPR", default));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_unit_that_is_no_depth_is_not_judged(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test, "tips");
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, Even(24, 400)));
        await test.SweepAsync();
        Assert.Null(await test.Get<HazardQueries>().FindCurrentAsync(Station, default));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_has_its_own_sums_where_two_people_set_them(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test);
        await Gauges.StoreAsync(test, Rain, Hours(TestStore.Begin, [.. Even(70, 0), 12, 14, 11]));
        await test.SweepAsync();
        Assert.Equal(HazardLevel.None, (await test.Get<HazardQueries>().FindCurrentAsync(Station, default))!.Level);

        OwnThreshold[] own = [new(HazardLevel.Minor, 30, 3), new(HazardLevel.Moderate, 60, 3), new(HazardLevel.Minor, 50, 12)];
        var (trial, _) = await test.Get<TryThresholds>().TryAsync(Rain, own, default);
        Assert.Equal((0, 1, HazardLevel.None, HazardLevel.Minor), (trial.Before!.Alerts, trial.After!.Alerts, trial.Before.LevelNow, trial.After.LevelNow));
        Assert.Null(trial.Event);
        Assert.Contains("A rain gauge does not measure what the rain did: hits, misses and false alarms cannot be told from it.", trial.Cautions);

        var (karma, tshering) = (new Caller(StableId.From("test.person", "karma"), "Karma"), new Caller(StableId.From("test.person", "tshering"), "Tshering"));
        var proposed = await test.Get<ProposeThresholds>().ProposeAsync(Rain, new ProposalRequest(own, "Slides of 2021", "The gauge is new."), karma, default);
        await test.Get<DecideThresholds>().EnableAsync(proposed.Id, new(null, WithoutHistory: true), tshering, default);
        await test.SweepAsync();
        var current = await test.Get<HazardQueries>().FindCurrentAsync(Station, default);
        Assert.Equal("37 mm of rain fell within 3 hours at Thimphu, 7 mm above the heavy-rain threshold of 30 mm in 3 hours.", current!.Summary);
        Assert.Equal(["3 Minor 30", "3 Moderate 60", "12 Minor 50"], Evidence.FromJson(current.Evidence).Thresholds.Select(one => $"{one.Hours} {one.Level} {one.Value}"));
    }

    [Theory]
    [InlineData("hazards.threshold-hours", null, 30.0, null, 0.0)]
    [InlineData("hazards.threshold-hours", 5, 30.0, null, 0.0)]
    [InlineData("hazards.threshold-value", 3, 0.0, null, 0.0)]
    [InlineData("hazards.threshold-order", 12, 30.0, 3, 40.0)]
    [InlineData("hazards.threshold-levels", 3, 30.0, 3, 40.0)]
    public void Sums_that_make_no_sense_are_refused(string code, int? hours, double value, int? otherHours, double other)
    {
        var rain = new Datastream { Id = Rain, StationId = Station, Property = ObservedProperty.Rainfall, Unit = "mm", Name = "rain", ExpectedEvery = TimeSpan.FromHours(1) };
        OwnThreshold[] wanted = [new(HazardLevel.Minor, value, hours), .. otherHours is null ? Array.Empty<OwnThreshold>() : [new(HazardLevel.Minor, other, otherHours)]];
        Assert.Equal(code, Assert.Throws<RefusalException>(() => TryThresholds.Check(wanted, rain)).Code);
    }
}
