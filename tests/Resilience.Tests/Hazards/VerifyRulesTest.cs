using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Forecasting;
using Resilience.Hazards.Verifying;
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
        var verification = VerifyRules.Run("river-stage", record, "synthetic");
        Assert.Equal((Begin.AddHours(8000), Begin.AddHours(15999)), (verification.From, verification.To));
        Assert.True(verification.Scores.Hits > 0 && verification.Scores.Pod.Low < verification.Scores.Pod.Value, $"{verification.Scores}");

        // Another second half changes the figures and no threshold.
        var other = River(16000);
        Array.Fill(other, 1, 8000, 8000);
        var calm = VerifyRules.Run("river-stage", new HourlyRecord(Begin.DateTime, [new HourlySeries("a", other)], []), "synthetic");
        Assert.Equal((verification.Stations[0].Action, verification.Stations[0].Event), (calm.Stations[0].Action, calm.Stations[0].Event));
        Assert.Equal((0, 0, 0), (calm.Scores.Hits, calm.Scores.Misses, calm.Scores.FalseAlarms));
        Assert.Equal("hazards.no-such-rule", Assert.Throws<RefusalException>(() => VerifyRules.Run("astrology", record, "synthetic")).Code);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_verification_of_stored_observations_stands_with_its_version(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        var rules = test.Get<VerifyStored>();
        Assert.All(await rules.ListAsync(default), rule => Assert.Null(rule.Verification));
        Assert.Equal("hazards.nothing-to-verify", (await Assert.ThrowsAsync<RefusalException>(() => rules.RunAsync("river-stage", default))).Code);

        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, [.. Enumerable.Repeat(14.0, 20), .. Enumerable.Range(0, 40).Select(i => 14 + (0.125 * i)), .. Enumerable.Repeat(18.9, 8)]));
        await test.SweepAsync();
        var verification = await rules.RunAsync("river-stage", default);
        Assert.Equal((1, 0, 0), (verification.Scores.Hits, verification.Scores.Misses, verification.Scores.FalseAlarms));
        Assert.True(verification.Scores.MedianLeadHours > 4, $"{verification.Scores}");
        var kept = (await rules.ListAsync(default)).Single(rule => rule.Name == "river-stage");
        Assert.Equal((StageRule.Version, 1, Gauges.Pearl), (kept.Version, kept.Verification!.Scores.Hits, kept.Verification.Stations[0].Station));
        Assert.Null((await rules.ListAsync(default)).Single(rule => rule.Name == "glacial-lake").Verification);
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
