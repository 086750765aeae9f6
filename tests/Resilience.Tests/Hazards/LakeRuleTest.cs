using CsCheck;
using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Tests.Hazards;

/// <summary>
/// Thorthormi Tsho, 20 June 2019 (figures of BBS, Kuensel and the Department of Disaster Management; times of Bhutan, UTC+6): 6.55 m at 18:05,
/// 8.04 m at 19:20, a sudden drop within five minutes, the sensor damaged, 5.36 m at 22:40. Values between are interpolated.
/// </summary>
public sealed class LakeRuleTest
{
    private static readonly DateTimeOffset Five = new(2019, 6, 20, 18, 5, 0, TimeSpan.FromHours(6));
    private static readonly Setting Lake = new([], TimeSpan.FromMinutes(5), StageParameters.ForUnit("m")! with { MinimumBelow = TimeSpan.FromHours(12) }, LakeParameters.ForUnit("m"));

    private static IEnumerable<Reading> Rise => Enumerable.Range(0, 16).Select(i => At(5 * i, 6.55 + ((8.04 - 6.55) * i / 15)));

    [Fact]
    public void The_fast_rise_alone_is_Action()
    {
        var (memory, changes) = Next(Memory.Empty, Rise, Five.AddMinutes(75));
        Assert.Equal(HazardLevel.Action, memory.Published!.Level);
        Assert.Contains("rose 0.60 m within an hour", Describe.Change(changes.Last(c => c.State.Level == HazardLevel.Action && c.State.Lake.Rise is not null), Lake, "Thorthormi Tsho", "m"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sudden_drop_is_an_outburst_even_when_quality_control_doubts_it()
    {
        foreach (var trust in new[] { Trust.Trusted, Trust.Sudden })
        {
            var (memory, changes) = Next(Memory.Empty, Rise.Append(At(80, 5.90, trust)), Five.AddMinutes(80));
            Assert.Equal(HazardLevel.Major, memory.Published!.Level);
            Assert.Equal(
                "Glacial lake outburst at Thorthormi Tsho: the lake fell 2.14 m within 5 minutes (from 8.04 to 5.90 m) at 13:25 UTC. The water is on its way down the valley; a falling lake is not an all-clear.",
                Describe.Change(changes[^1], Lake, "Thorthormi Tsho", "m"));
        }
    }

    [Fact]
    public void The_dying_sensor_is_an_outburst()
    {
        var (memory, _) = Next(Memory.Empty, Rise, Five.AddMinutes(75));
        var (dead, changes) = Next(memory, [], Five.AddMinutes(75 + 16));
        Assert.Equal((HazardLevel.Major, true), (dead.Published!.Level, dead.Published.Silent));
        Assert.Equal(OutburstSign.DyingSensor, changes[^1].State.Lake.Outburst!.Sign);
        Assert.Equal(Five.AddMinutes(75), changes[^1].State.Onset);
    }

    [Fact]
    public void A_feed_that_is_asked_more_often_than_the_station_speaks_does_not_make_it_silent()
    {
        var eager = Lake with { Every = TimeSpan.FromMinutes(1) };
        var (memory, _) = Assess.Next("lake", eager, Memory.Empty, Rise, Five.AddMinutes(75));
        var (later, changes) = Assess.Next("lake", eager, memory, [], Five.AddMinutes(75 + 14));
        Assert.Empty(changes);
        Assert.Equal(HazardLevel.Action, later.Published!.Level);
        Assert.Equal(HazardLevel.Major, Assess.Next("lake", eager, memory, [], Five.AddMinutes(75 + 16)).Memory.Published!.Level);
    }

    [Fact]
    public void The_receding_lake_at_2240_is_not_an_all_clear()
    {
        var (memory, _) = Next(Memory.Empty, Rise.Append(At(80, 5.90, Trust.Sudden)), Five.AddMinutes(80));
        var (after, changes) = Next(memory, [At(275, 5.36)], Five.AddMinutes(275));
        Assert.Equal(HazardLevel.Major, after.Published!.Level);
        Assert.All(changes, change => Assert.Equal(HazardLevel.Major, change.State.Level));
    }

    [Fact]
    public void A_lake_found_lower_after_a_silence_is_an_outburst()
    {
        var (memory, _) = Next(Memory.Empty, Rise.Append(At(275, 5.36)), Five.AddMinutes(275));
        Assert.Equal(HazardLevel.Major, memory.Published!.Level);
    }

    [Fact]
    public void A_spike_that_comes_back_is_nothing()
    {
        var (memory, _) = Next(Memory.Empty, [At(0, 5), At(5, 5), At(10, 9, Trust.Sudden), At(15, 5), At(20, 5)], Five.AddMinutes(20));
        Assert.Equal(HazardLevel.None, memory.Published!.Level);
    }

    [Fact]
    public void A_calm_station_that_falls_silent_is_only_silent()
    {
        var (memory, _) = Next(Memory.Empty, [At(0, 5), At(5, 5), At(10, 5)], Five.AddMinutes(60));
        Assert.Equal((HazardLevel.None, true), (memory.Published!.Level, memory.Published.Silent));
    }

    [Fact]
    public void An_outburst_ends_after_a_day_of_calm_and_unbroken_readings()
    {
        var burst = Rise.Append(At(80, 5.90)).Append(At(85, 5.5));
        var (memory, _) = Next(Memory.Empty, burst, Five.AddMinutes(85));
        var calm = new List<HazardLevel>();
        for (var minutes = 90; minutes <= 90 + (30 * 60); minutes += 5)
        {
            memory = Next(memory, [At(minutes, 5.36)], Five.AddMinutes(minutes)).Memory;
            calm.Add(memory.Published!.Level);
        }

        Assert.Equal(HazardLevel.Major, calm[23 * 12]);
        Assert.Equal(HazardLevel.None, calm[^1]);
    }

    [Theory]
    [InlineData(Trust.Doubtful, HazardLevel.Action)]
    [InlineData(Trust.Trusted, HazardLevel.None)]
    public void Twelve_hours_of_doubted_readings_are_not_twelve_calm_hours(Trust trust, HazardLevel expected)
    {
        var (memory, _) = Next(Memory.Empty, Rise, Five.AddMinutes(75));
        for (var minutes = 80; minutes <= 80 + (13 * 60); minutes += 5)
        {
            memory = Next(memory, [At(minutes, 8.04, trust)], Five.AddMinutes(minutes)).Memory;
        }

        Assert.Equal(expected, memory.Published!.Level);
    }

    [Fact]
    public void No_order_of_arrival_hides_the_outburst() =>
        Gen.Select(Gen.Int, Gen.Int[1, 6]).Sample((seed, size) =>
        {
            var readings = Rise.Append(At(80, 5.90, Trust.Sudden)).Append(At(85, 5.6)).ToArray();
            new Random(seed).Shuffle(readings);
            var memory = Memory.Empty;
            foreach (var batch in readings.Chunk(size))
            {
                memory = Next(memory, batch, Five.AddMinutes(85)).Memory;
            }

            Assert.Equal(HazardLevel.Major, memory.Published!.Level);
        }, iter: 200);

    private static (Memory Memory, IReadOnlyList<Change> Changes) Next(Memory memory, IEnumerable<Reading> readings, DateTimeOffset now) =>
        Assess.Next("lake", Lake, memory, readings, now);

    private static Reading At(int minutes, double value, Trust trust = Trust.Trusted) => new(Five.AddMinutes(minutes).ToUniversalTime(), 0, value, trust, "");
}
