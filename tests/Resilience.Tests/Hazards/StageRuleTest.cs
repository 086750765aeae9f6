using CsCheck;
using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Tests.Hazards;

/// <summary>When a flood stage begins, holds and ends.</summary>
public sealed class StageRuleTest
{
    private static readonly DateTimeOffset Start = new(2019, 2, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly Setting Pearl = new(
        [
            new(HazardLevel.Action, 15, "ft", "action stage", "NWS", false),
            new(HazardLevel.Minor, 18, "ft", "flood stage", "NWS", false),
            new(HazardLevel.Moderate, 20, "ft", "moderate flood stage", "test", false),
        ],
        TimeSpan.FromMinutes(15), StageParameters.ForUnit("ft")!, null);

    [Fact]
    public void One_reading_at_the_threshold_waits_for_a_second()
    {
        Assert.Equal(HazardLevel.Action, LevelAfter(17.9, 18.1));
        Assert.Equal(HazardLevel.Minor, LevelAfter(17.9, 18.1, 18.2));
        Assert.Equal(HazardLevel.Action, LevelAfter(17.9, 18.1, 17.9, 18.1));
    }

    [Fact]
    public void A_trustworthy_reading_far_above_needs_no_second() => Assert.Equal(HazardLevel.Minor, LevelAfter(14.0, 19.2));

    [Fact]
    public void A_level_ends_only_an_hour_below_the_deadband()
    {
        double[] up = [18.1, 18.2, 18.3];
        Assert.Equal(HazardLevel.Minor, LevelAfter([.. up, 17.9, 17.9, 17.9, 17.9, 17.9, 17.9]));
        Assert.Equal(HazardLevel.Minor, LevelAfter([.. up, 17.7, 17.7, 17.7, 17.7]));
        Assert.Equal(HazardLevel.Action, LevelAfter([.. up, 17.7, 17.7, 17.7, 17.7, 17.7]));
        Assert.Equal(HazardLevel.Minor, LevelAfter([.. up, 17.7, 17.7, 17.9, 17.7, 17.7, 17.7]));
    }

    [Fact]
    public void A_suspect_value_does_not_clear_a_warning()
    {
        var readings = Readings(18.1, 18.2, 18.3).Concat(Enumerable.Range(3, 20).Select(i => At(i, 10.0, Trust.Doubtful)));
        Assert.Equal(HazardLevel.Minor, Assess(readings).Level);
    }

    [Fact]
    public void A_suspect_value_does_not_raise_one_alone()
    {
        Assert.Equal(HazardLevel.None, Assess([At(0, 10, Trust.Trusted), .. Enumerable.Range(1, 6).Select(i => At(i, 25, Trust.Doubtful))]).Level);
        Assert.Equal(HazardLevel.None, Assess([At(0, 10, Trust.Trusted), At(1, 25, Trust.Sudden), At(2, 10, Trust.Trusted)]).Level);
    }

    [Fact]
    public void A_steep_rise_that_persists_is_a_wave_and_not_a_spike() =>
        Assert.Equal(HazardLevel.Minor, Assess([At(0, 10, Trust.Trusted), At(1, 18.1, Trust.Sudden), At(2, 18.3, Trust.Sudden), At(3, 18.4, Trust.Sudden)]).Level);

    [Fact]
    public void A_fast_rise_raises_Action_ahead_of_the_threshold_and_flood_stage_only_when_close()
    {
        var far = Assess(Readings(14.0, 14.2, 14.4));
        Assert.Equal((HazardLevel.Action, true), (far.Level, far.Projected));
        Assert.Equal(HazardLevel.Action, LevelAfter(16.0, 16.4, 16.8));
        Assert.Equal(HazardLevel.Minor, LevelAfter(17.0, 17.3, 17.6));
    }

    [Theory]
    [InlineData(20.35, 0.025, "Stage 20.35 ft is 2.35 ft above flood stage 18.0 ft at Pearl River near Bogalusa and rising 0.1 ft/h.")]
    [InlineData(14.50, 0, "Stage 14.50 ft is 0.50 ft below action stage 15.0 ft at Pearl River near Bogalusa and steady.")]
    public void The_summary_says_stage_threshold_place_and_trend(double last, double step, string expected)
    {
        var setting = Pearl with { Thresholds = [.. Pearl.Thresholds.Take(2)] };
        var readings = Enumerable.Range(0, 5).Select(i => At(i, last - ((4 - i) * step), Trust.Trusted)).ToList();
        var (_, changes) = Resilience.Hazards.Assessing.Assess.Next("d", setting, Memory.Empty, readings, readings[^1].Time);
        var now = changes[^1] with { Reading = readings[^1], State = changes[^1].State with { Stage = readings.Aggregate(StageState.Start, (s, r) => StageRule.Next(s, r, setting)) } };
        Assert.Equal(expected, Describe.Change(now, setting, "Pearl River near Bogalusa", "ft"));
    }

    [Fact]
    public void Silence_keeps_the_level_and_says_so()
    {
        var readings = Readings(18.1, 18.2, 18.3);
        var (memory, _) = Resilience.Hazards.Assessing.Assess.Next("d", Pearl, Memory.Empty, readings, readings[^1].Time);
        var (_, changes) = Resilience.Hazards.Assessing.Assess.Next("d", Pearl, memory, [], readings[^1].Time + TimeSpan.FromMinutes(46));
        var change = Assert.Single(changes);
        Assert.True(change.Silent);
        Assert.Equal(HazardLevel.Minor, change.State.Level);
        Assert.Contains("not an all-clear", Describe.Change(change, Pearl, "Pearl River", "ft"), StringComparison.Ordinal);
        Assert.True(Confidence.Of(change, Pearl, readings, readings[^1].Time).Value < 0.7);
    }

    [Fact]
    public void Any_order_of_arrival_leads_to_the_same_state()
    {
        var readings = Gen.Select(Gen.Double[12, 24], Gen.Int[0, 9], Gen.Int[0, 1], (value, doubt, revision) => (value, doubt, revision)).List[2, 20];
        Gen.Select(readings, Gen.Int, Gen.Int[1, 5]).Sample((list, seed, size) =>
        {
            var inOrder = list.Select((r, i) => new Reading(Start.AddMinutes(15 * i), r.revision, r.value, r.doubt == 0 ? Trust.Doubtful : r.doubt == 1 ? Trust.Sudden : Trust.Trusted, "")).ToList();
            // Some come twice, and every third is corrected by a later revision.
            inOrder = [.. inOrder.SelectMany((r, i) => i % 3 == 1 ? [r, r with { Revision = r.Revision + 1, Value = r.Value + 2 }] : new[] { r })];
            var shuffled = inOrder.Concat(inOrder.Take(3)).ToArray();
            new Random(seed).Shuffle(shuffled);
            var now = inOrder[^1].Time;
            var expected = Resilience.Hazards.Assessing.Assess.Next("d", Pearl, Memory.Empty, inOrder, now).Memory;
            var memory = Memory.Empty;
            foreach (var batch in shuffled.Chunk(size))
            {
                memory = Resilience.Hazards.Assessing.Assess.Next("d", Pearl, memory, batch, now).Memory;
            }

            Assert.Equal(expected.Window.AsEnumerable(), memory.Window);
            Assert.Equal((expected.Published!.Level, expected.Published.Silent, expected.Published.Trend), (memory.Published!.Level, memory.Published.Silent, memory.Published.Trend));
        }, iter: 300);
    }

    private static HazardLevel LevelAfter(params double[] values) => Assess(Readings(values)).Level;

    private static List<Reading> Readings(params double[] values) => [.. values.Select((value, i) => At(i, value, Trust.Trusted))];

    private static Reading At(int quarter, double value, Trust trust) => new(Start.AddMinutes(15 * quarter), 0, value, trust, trust == Trust.Trusted ? "" : "Suspect");

    private static StageState Assess(IEnumerable<Reading> readings) => readings.Aggregate(StageState.Start, (state, reading) => StageRule.Next(state, reading, Pearl));
}
