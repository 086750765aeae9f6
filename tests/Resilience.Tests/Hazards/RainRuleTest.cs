using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Tests.Hazards;

/// <summary>Sums of rain and what follows from them, without a database.</summary>
public sealed class RainRuleTest
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Setting Gauge = Hourly(15);

    private static Setting Hourly(int minutes, params StageThreshold[] thresholds) => new(
        thresholds.Length > 0 ? thresholds : [At(3, HazardLevel.Minor, 60), At(12, HazardLevel.Minor, 110), At(3, HazardLevel.Moderate, 90)],
        TimeSpan.FromMinutes(minutes), StageParameters.ForUnit("m")!, null)
    { Rain = RainParameters.Default };

    private static StageThreshold At(int hours, HazardLevel level, double value) => new(level, value, "mm", "heavy-rain threshold", "test", false, hours);

    private static Reading Fell(int quarter, double depth, Trust trust = Trust.Trusted, int revision = 0) => new(Start.AddMinutes(15 * quarter), revision, depth, trust, trust == Trust.Trusted ? "" : "Suspect");

    private static IEnumerable<Reading> Even(int from, int count, double depth) => Enumerable.Range(from, count).Select(i => Fell(i, depth));

    private static IReadOnlyList<RainSum> Sums(IEnumerable<Reading> readings, Setting? setting = null)
    {
        ImmutableArray<Reading> all = [.. readings];
        return RainSums.At(all, all.Length - 1, setting ?? Gauge);
    }

    private static RainSum Sum(IEnumerable<Reading> readings, int hours, Setting? setting = null) => Sums(readings, setting).Single(sum => sum.Hours == hours);

    private static (Memory Memory, IReadOnlyList<Change> Changes) Next(Memory memory, IEnumerable<Reading> readings, DateTimeOffset? now = null)
    {
        var all = readings.ToList();
        return Assess.Next("d", Gauge, memory, all, now ?? all.Max(reading => reading.Time));
    }

    private static HazardLevel Level(IEnumerable<Reading> readings) => Next(Memory.Empty, readings).Memory.Published!.Level;

    [Fact]
    public void Even_rain_fills_every_window_by_its_length() =>
        Assert.All(Sums(Even(1, 73 * 4, 0.5)), sum => Assert.Equal((sum.Hours * 2, 0, false), (sum.Depth, sum.MissingHours, sum.IsLowerBound)));

    [Fact]
    public void Hours_without_readings_are_missing_and_not_dry()
    {
        var sum = Sum(Even(1, 96, 0.5).Where((_, i) => i is < 40 or >= 60), 24);
        Assert.Equal((38.0, 5.0, true), (sum.Depth, sum.MissingHours, sum.IsLowerBound));
    }

    [Fact]
    public void A_reading_that_is_not_to_be_trusted_is_missing_and_not_dry()
    {
        var sum = Sum([Fell(1, 1), Fell(2, 50, Trust.Doubtful), Fell(3, 1), Fell(4, 1)], 1);
        Assert.Equal((3.0, 0.25), (sum.Depth, sum.MissingHours));
    }

    [Fact]
    public void A_gauge_known_for_two_hours_does_not_know_the_day()
    {
        Assert.Equal(0, Sum(Even(1, 8, 1), 1).MissingHours);
        Assert.Equal(22, Sum(Even(1, 8, 1), 24).MissingHours);
    }

    [Fact]
    public void Windows_shorter_than_the_time_between_readings_are_not_told() =>
        Assert.Equal([24, 48, 72], Sums(Enumerable.Range(0, 5).Select(day => new Reading(Start.AddDays(day), 0, 30, Trust.Trusted, "")), Hourly(24 * 60)).Select(sum => sum.Hours));

    [Fact]
    public void More_rain_in_any_reading_never_lowers_a_window_and_a_longer_window_never_holds_less() =>
        Gen.Select(Gen.Double[0, 8].Array[50, 150], Gen.Int, Gen.Int[0, 49]).Sample((depths, seed, at) =>
        {
            var random = new Random(seed);
            var readings = depths.Select((depth, i) => Fell(i, Math.Max(0, depth - 5))).Where(_ => random.NextDouble() < 0.9).ToList();
            var wetter = readings.ToList();
            wetter[at % wetter.Count] = wetter[at % wetter.Count] with { Value = wetter[at % wetter.Count].Value + 5 };
            var (before, after) = (Sums(readings), Sums(wetter));
            Assert.All(before.Zip(after), pair => Assert.True(pair.Second.Depth >= pair.First.Depth - 1e-5));
            Assert.All(before.Zip(before.Skip(1)), pair => Assert.True(pair.Second.Depth >= pair.First.Depth - 1e-5));
        }, iter: 100);

    [Fact]
    public void A_level_begins_at_its_sum_and_not_before()
    {
        Assert.Equal(HazardLevel.None, Level(Even(1, 12, 4.99)));
        Assert.Equal(HazardLevel.Minor, Level(Even(1, 12, 5)));
        Assert.Equal(HazardLevel.Moderate, Level(Even(1, 12, 7.5)));
        Assert.Equal(HazardLevel.Minor, Level(Even(1, 48, 110 / 48.0)));
    }

    [Fact]
    public void A_sum_with_holes_raises_when_even_the_lower_bound_reaches_the_threshold()
    {
        var readings = Even(1, 12, 6).Where((_, i) => i is not (3 or 4)).ToList();
        var change = Next(Memory.Empty, readings).Changes[^1];
        Assert.Equal(HazardLevel.Minor, change.State.Level);
        Assert.Equal(
            "At least 60 mm of rain fell within 3 hours at Hill, 0 mm above the heavy-rain threshold of 60 mm in 3 hours. 0.5 of the 3 hours were not observed: more may have fallen.",
            Describe.Change(change, Gauge, "Hill", "mm"));
        Assert.Contains(Confidence.Of(change, Gauge, change.Rain!.Latest, change.Reading.Time).Parts, part => part.Part == "0.5 of the 3 hours were not observed");
    }

    [Fact]
    public void Nothing_heard_is_no_proof_of_dry_weather()
    {
        var change = Next(Memory.Empty, Even(1, 8, 0)).Changes[^1];
        Assert.Equal(
            "No rain was observed within 3 hours at Hill, below the heavy-rain threshold of 60 mm in 3 hours, the nearest. 2.75 of the 3 hours were not observed: more may have fallen.",
            Describe.Change(change, Gauge, "Hill", "mm"));
        var later = Next(Memory.Empty, Even(1, 16, 0)).Memory;
        Assert.EndsWith(
            "68 of the last 72 hours were not observed: that is no proof of dry weather.",
            DescribeRain.Change(HazardLevel.None, RainFinding.Of(later.Rain!.Readings, 15, HazardLevel.None, Gauge), "Hill", "mm", RainParameters.Default), StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_ends_after_three_observed_hours_below_and_not_by_silence_or_doubt()
    {
        var storm = Even(1, 12, 5).ToList();
        // Three hours after the storm the sum of three hours has long fallen; the level ends when three hours stayed below.
        Assert.Equal(HazardLevel.Minor, Level([.. storm, .. Even(13, 11, 0)]));
        Assert.Equal(HazardLevel.None, Level([.. storm, .. Even(13, 12, 0)]));
        Assert.Equal(HazardLevel.Minor, Level([.. storm, .. Even(13, 40, 0).Select(r => r with { Trust = Trust.Doubtful })]));
        // Ten hours without a word, then one dry reading.
        Assert.Equal(HazardLevel.Minor, Level([.. storm, Fell(52, 0)]));
        var (memory, changes) = Next(Next(Memory.Empty, storm).Memory, [], Start.AddHours(9));
        Assert.Equal((HazardLevel.Minor, true), (memory.Published!.Level, memory.Published.Silent));
        Assert.Contains("silence is not an all-clear", Describe.Change(changes[^1], Gauge, "Hill", "mm"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_reading_falls_into_its_hours()
    {
        var storm = Even(1, 12, 5).ToList();
        var (memory, _) = Next(Memory.Empty, [.. storm.Where((_, i) => i != 4), .. Even(13, 20, 0)]);
        Assert.Equal(HazardLevel.None, memory.Published!.Level);
        var after = Next(memory, [storm[4]], Start.AddMinutes(15 * 32)).Memory;
        Assert.Equal(60, RainSums.At(after.Rain!.Readings, 31, Gauge).Single(sum => sum.Hours == 12).Depth);
        // Two hours late, while the storm lasts, it raises.
        var (holed, _) = Next(Memory.Empty, storm.Where((_, i) => i != 4));
        Assert.Equal(HazardLevel.None, holed.Published!.Level);
        Assert.Equal(HazardLevel.Minor, Next(holed, [storm[4]], storm[^1].Time).Memory.Published!.Level);
    }

    [Fact]
    public void Other_thresholds_are_judged_on_the_readings_already_there()
    {
        var (memory, _) = Next(Memory.Empty, Even(1, 12, 4));
        Assert.Equal(HazardLevel.None, memory.Published!.Level);
        var stricter = Hourly(15, At(3, HazardLevel.Minor, 40));
        Assert.Equal(HazardLevel.Minor, Assess.Next("d", stricter, memory, [], Start.AddHours(3)).Memory.Published!.Level);
    }

    [Fact]
    public void Any_order_of_arrival_within_a_day_leads_to_the_same_state() =>
        Gen.Select(Gen.Select(Gen.Double[0, 12], Gen.Int[0, 9], Gen.Int[0, 3]).List[30, 500], Gen.Int, Gen.Int[1, 12]).Sample((list, seed, size) =>
        {
            var random = new Random(seed);
            var inOrder = list.Select((one, i) => Fell(i, Math.Max(0, one.Item1 - 8), one.Item2 == 0 ? Trust.Doubtful : Trust.Trusted)).Where((_, i) => list[i].Item3 > 0)
                .SelectMany((r, i) => i % 7 == 1 ? [r, r with { Revision = 1, Value = r.Value + 2 }] : new[] { r }).ToList();
            // Each comes up to twenty hours late, some twice.
            var shuffled = inOrder.Concat(inOrder.Where((_, i) => i % 5 == 0)).OrderBy(r => r.Time.AddHours(20 * random.NextDouble())).ToList();
            var now = inOrder[^1].Time;
            var expected = Assess.Next("d", Gauge, Memory.Empty, inOrder, now).Memory;
            var memory = Memory.Empty;
            foreach (var batch in shuffled.Chunk(size))
            {
                memory = JsonSerializer.Deserialize<Memory>(JsonSerializer.Serialize(Assess.Next("d", Gauge, memory, batch, now).Memory))!;
            }

            Assert.Equal(JsonSerializer.Serialize(expected.Rain), JsonSerializer.Serialize(memory.Rain));
            Assert.Equal((expected.Published!.Level, expected.Published.Silent), (memory.Published!.Level, memory.Published.Silent));
        }, iter: 60);
}
