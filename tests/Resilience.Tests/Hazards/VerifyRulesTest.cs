using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Forecasting;
using Resilience.Hazards.Rules;
using Resilience.Hazards.Verifying;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards;

/// <summary>Rules judged on history: by hand-made events first, then by a synthetic river.</summary>
public sealed class VerifyRulesTest
{
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Hits_misses_and_false_alarms_are_counted_by_hand_the_same()
    {
        var scores = Scores.Of(
            [Event(10), Event(50), Event(100), Event(150)],
            [Alert(4, 12), Alert(51, 60), Alert(70, 80), Alert(99, 101)], TimeSpan.FromHours(1));
        Assert.Equal((3, 1, 1), (scores.Hits, scores.Misses, scores.FalseAlarms));
        Assert.Equal((0.75, 0.25, 0.6), (scores.Pod.Value, scores.Far.Value, scores.Csi.Value));
        // Leads 6, 0 (an hour late is within the tolerance) and 1.
        Assert.Equal((1.0, 0.2), (scores.MedianLeadHours, scores.TenthLeadHours));
        Assert.Equal(1, Scores.Of([Event(10)], [new RuleAlert("other", At(4), At(12))], TimeSpan.Zero).Misses);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void The_interval_is_Wilson_s(int count, int total, double low, double high)
    {
        var interval = Interval.Of(count, total);
        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
        Assert.Equal(new Interval(null, 0, 1, 0), Interval.Of(0, 0));
    }

    [Fact]
    public void The_replay_is_the_rule_itself()
    {
        var setting = new Setting(
            [new StageThreshold(HazardLevel.Action, 2, "m", "action stage", "test", false), new StageThreshold(HazardLevel.Minor, 3, "m", "flood stage", "test", false)],
            TimeSpan.FromHours(1), StageParameters.ForUnit("m")!, null);
        double[] stage = [1, 1, 1, 1.5, 2.1, 2.6, 3.2, 3.3, 2.5, 1.8, 1.5, 1.2, 1, 1, 1];
        var readings = stage.Select((value, i) => new Reading(Begin.AddHours(i), 0, value, Trust.Trusted, "")).ToList();
        var alert = Assert.Single(ReplayRule.Alerts("a", setting, readings));
        var flood = Assert.Single(ReplayRule.Events("a", 3, readings));
        Assert.Equal(Begin.AddHours(6), flood.Begin);
        var (_, changes) = Assess.Next("a", setting, Memory.Empty, readings, readings[^1].Time);
        Assert.Equal(changes.First(change => change.State.Level >= HazardLevel.Action).Reading.Time, alert.Begin);
        Assert.True(alert.Begin < flood.Begin && alert.End > flood.End, $"{alert}");
    }

    [Fact]
    public void Thresholds_are_chosen_on_the_first_half_and_judged_on_the_second_only()
    {
        var record = new HourlyRecord(Begin.DateTime, [new HourlySeries("a", River(16000))], []);
        var verification = VerifyRecord.Run("river-stage", record, "synthetic");
        Assert.Equal((Begin.AddHours(8000), Begin.AddHours(15999)), (verification.From, verification.To));
        Assert.True(verification.Scores.Hits > 0 && verification.Scores.Pod.Low < verification.Scores.Pod.Value, $"{verification.Scores}");

        // Another second half changes the figures and no threshold.
        var other = River(16000);
        Array.Fill(other, 1, 8000, 8000);
        var calm = VerifyRecord.Run("river-stage", new HourlyRecord(Begin.DateTime, [new HourlySeries("a", other)], []), "synthetic");
        Assert.Equal((verification.Stations[0].Action, verification.Stations[0].Event), (calm.Stations[0].Action, calm.Stations[0].Event));
        Assert.Equal((0, 0, 0), (calm.Scores.Hits, calm.Scores.Misses, calm.Scores.FalseAlarms));
        Assert.Equal("hazards.no-such-rule", Assert.Throws<RefusalException>(() => VerifyRecord.Run("astrology", record, "synthetic")).Code);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_verification_of_stored_observations_stands_with_its_version(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        var rules = test.Get<VerifyStored>();
        Assert.All(await rules.ListAsync(default), rule => Assert.Null(rule.Verification));
        Assert.Equal((RunState.Failed, "No station has stored readings and a threshold above Action."), await RunAsync(test, "river-stage"));

        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, [.. Enumerable.Repeat(14.0, 20), .. Enumerable.Range(0, 40).Select(i => 14 + (0.125 * i)), .. Enumerable.Repeat(18.9, 8)]));
        await test.SweepAsync();
        Assert.Equal((RunState.Done, null), await RunAsync(test, "river-stage"));
        var verification = (await rules.ListAsync(default)).Single(rule => rule.Name == "river-stage").Verification!;
        Assert.Equal((1, 0, 0), (verification.Scores.Hits, verification.Scores.Misses, verification.Scores.FalseAlarms));
        Assert.True(verification.Scores.MedianLeadHours > 4, $"{verification.Scores}");
        var kept = (await rules.ListAsync(default)).Single(rule => rule.Name == "river-stage");
        Assert.Equal((StageRule.Version, 1, Gauges.Pearl), (kept.Version, kept.Verification!.Scores.Hits, kept.Verification.Stations[0].Station));
        Assert.Null((await rules.ListAsync(default)).Single(rule => rule.Name == "glacial-lake").Verification);
    }

    [Fact]
    public void Where_no_record_says_what_came_of_it_the_rule_is_counted_by_gauge_and_year()
    {
        // Two years of hours: rain of 40 mm in three hours twice, a week apart, and an hour missing in between.
        var rain = new double[2 * 8766];
        foreach (var at in new[] { 1000, 1001, 1002, 1168, 1169, 1170 })
        {
            rain[at] = 20;
        }

        rain[1100] = double.NaN;
        var record = new HourlyRecord(Begin.DateTime, [], [new HourlySeries("a", rain)]);
        StageThreshold[] thresholds = [new(HazardLevel.Action, 30, "mm", "x", "test", true, 3), new(HazardLevel.Minor, 500, "mm", "x", "test", true, 24)];
        var counted = VerifyRecord.RunRain(SlopeRule.Name, record, thresholds, "made up");
        Assert.Equal([(HazardLevel.Action, 2, 1.0), (HazardLevel.Minor, 0, 0.0), (HazardLevel.Moderate, 0, 0.0), (HazardLevel.Major, 0, 0.0)], counted.Raised!.Select(one => (one.Level, one.Times, Math.Round(one.PerGaugeYear, 2))));
        Assert.InRange(counted.GaugeYears!.Value, 1.99, 2.01);
        // From the second wet hour on, and a day held after the last sum that reaches it: 26 hours each.
        Assert.Equal(Math.Round(52 / 17531.0, 4), counted.Raised![0].ShareOfTime);
        Assert.Equal(0, counted.Scores.Hits + counted.Scores.Misses + counted.Scores.FalseAlarms);
        Assert.Equal("hazards.no-such-rule", Assert.Throws<RefusalException>(() => VerifyRecord.RunRain(StageRule.Name, record, thresholds, "made up")).Code);
    }

    [Fact]
    public void A_file_of_lake_levels_is_counted_by_how_the_lake_rises_and_what_comes_back_after_a_silence()
    {
        // A year of a calm lake; on one day it rises by 0.6 m within an hour, is silent for five hours and comes back two metres lower.
        var lake = new double[8766];
        Array.Fill(lake, 6.5);
        (lake[4000], lake[4001]) = (7.1, 7.2);
        Array.Fill(lake, double.NaN, 4002, 5);
        Array.Fill(lake, 5.2, 4007, lake.Length - 4007);
        var counted = VerifyRecord.RunLake(new HourlyRecord(Begin.DateTime, [new HourlySeries("a", lake)], []), "made up");
        Assert.Equal((LakeRule.Name, LakeRule.Version), (counted.Rule, counted.Version));
        Assert.Equal([(HazardLevel.Action, 1), (HazardLevel.Minor, 1), (HazardLevel.Moderate, 1), (HazardLevel.Major, 1)], counted.Raised!.Select(one => (one.Level, one.Times)));
        Array.Fill(lake, 6.5);
        Assert.All(VerifyRecord.RunLake(new HourlyRecord(Begin.DateTime, [new HourlySeries("a", lake)], []), "made up").Raised!, one => Assert.Equal(0, one.Times));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Rain_landslides_heat_and_lakes_are_counted_on_what_is_stored_and_kept_with_their_version(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "test:hill", "Hill", 89.64, 27.47, "rain", ObservedProperty.Rainfall, "mm", everyMinutes: 60);
        await Gauges.AddAsync(test, "test:town", "Town", 89.64, 27.47, "air", ObservedProperty.AirTemperature, "°C", everyMinutes: 60);
        await Gauges.StoreAsync(test, "test:hill:rain", Enumerable.Range(0, 100).Select(i => (TestStore.Begin.AddHours(i - 99), i < 70 ? 0.0 : 6.0, QualityFlags.None)));
        await Gauges.StoreAsync(test, "test:town:air", Enumerable.Range(0, 48).Select(i => (TestStore.Begin.AddHours(i - 47), 20.0, QualityFlags.None)));
        await test.SweepAsync();
        Assert.Equal("No stored readings are judged by this rule.", (await RunAsync(test, LakeRule.Name)).Problem);
        Assert.Equal("No gauge with another above it has stored readings.", (await RunAsync(test, UpstreamRise.RuleName)).Problem);
        foreach (var rule in new[] { SlopeRule.Name, RainRule.Name, FeltRule.Name })
        {
            Assert.Equal(RunState.Done, (await RunAsync(test, rule)).State);
        }

        var kept = (await test.Get<VerifyStored>().ListAsync(default)).ToDictionary(rule => rule.Name);
        Assert.All(kept.Values, rule => Assert.True(rule.Verifiable));
        var slopes = kept[SlopeRule.Name].Verification!;
        Assert.Equal((SlopeRule.Version, "stored observations", 1), (slopes.Version, slopes.Data, slopes.Raised!.Single(one => one.Level == HazardLevel.Action).Times));
        Assert.Equal(1, kept[RainRule.Name].Verification!.Raised!.Single(one => one.Level == HazardLevel.Moderate).Times);
        Assert.All(kept[FeltRule.Name].Verification!.Raised!, one => Assert.Equal(0, one.Times));
    }

    private static async Task<(RunState State, string? Problem)> RunAsync(TestStore test, string rule)
    {
        var asked = await test.Get<RequestVerification>().AskAsync(rule, "Karma", default);
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await test.Get<RunVerifications>().RunAsync(default);
        var run = await test.Get<RequestVerification>().GetAsync(asked.Id, default);
        return (run.State, run.Problem);
    }

    private static DateTimeOffset At(int hour) => Begin.AddHours(hour);

    private static FloodEvent Event(int hour) => new("a", At(hour), At(hour + 5));

    private static RuleAlert Alert(int from, int to) => new("a", At(from), At(to));

    private static double[] River(int hours)
    {
        var random = new Random(9);
        var (values, level) = (new double[hours], 0.0);
        for (var t = 0; t < hours; t++)
        {
            level = (level * 0.97) + (random.NextDouble() < 0.02 ? random.NextDouble() * 0.8 : 0);
            values[t] = Math.Round(1 + level, 3);
        }

        return values;
    }
}
