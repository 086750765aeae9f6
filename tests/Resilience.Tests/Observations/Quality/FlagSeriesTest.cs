using Resilience.Observations;
using Resilience.Observations.Quality;

namespace Resilience.Tests.Observations.Quality;

/// <summary>Faults are marked, floods are spared.</summary>
public sealed class FlagSeriesTest
{
    private static readonly DateTimeOffset Start = new(2020, 2, 26, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public void A_steep_flood_wave_is_marked_steep_and_never_doubted()
    {
        var flags = Judge(0.4, 0.4, 2.6, 4.9, 5.8, 6.0, 5.9, 5.5);

        Assert.Equal(QualityFlags.RateOfChange, flags[2]);
        Assert.Equal(QualityFlags.RateOfChange, flags[3]);
        Assert.DoesNotContain(flags, flag => flag.HasFlag(QualityFlags.Suspect));
    }

    [Fact]
    public void The_newest_steep_value_is_not_doubted_before_it_comes_back() => Assert.Equal(QualityFlags.RateOfChange, Judge(0.4, 0.4, 3.1)[^1]);

    [Fact]
    public void A_spike_of_one_value_is_doubted_and_what_follows_is_not() =>
        Assert.Equal([QualityFlags.None, QualityFlags.None, QualityFlags.RateOfChange | QualityFlags.Spike | QualityFlags.Suspect, QualityFlags.None, QualityFlags.None], Judge(0.4, 0.4, 7.2, 0.5, 0.5));

    [Fact]
    public void A_spike_of_two_values_is_doubted_whole()
    {
        var flags = Judge(0.4, 0.4, 7.2, 7.1, 0.5, 0.5);

        Assert.Equal([false, false, true, true, false, false], flags.Select(flag => flag.HasFlag(QualityFlags.Suspect)));
        Assert.Equal(QualityFlags.None, flags[4]);
    }

    [Fact]
    public void An_hourly_gauge_that_rises_and_falls_within_hours_is_not_called_a_spike() =>
        Assert.DoesNotContain(Judge(Quarter * 4, ObservedProperty.Stage, "m", 0.4, 0.4, 6.5, 0.5, 0.5), flag => flag.HasFlag(QualityFlags.Suspect));

    [Fact]
    public void A_lake_that_drops_within_minutes_is_steep_but_not_doubted()
    {
        // Thorthormi, 20 June 2019: 8.04 m, then a sudden drop within five minutes.
        var flags = Judge(TimeSpan.FromMinutes(5), ObservedProperty.LakeLevel, "m", 7.9, 8.04, 5.5, 5.36);

        Assert.Equal(QualityFlags.RateOfChange, flags[2]);
    }

    [Fact]
    public void A_gauge_that_writes_feet_for_metres_is_doubted_until_it_comes_back()
    {
        double[] calm = [1.40, 1.41, 1.42, 1.42, 1.43, 1.44, 1.45, 1.45, 1.46, 1.47, 1.48, 1.48];
        var flags = Judge([.. calm, .. calm.Select(value => Math.Round((value + 0.08) / 0.3048, 2)), 1.56, 1.56, 1.57]);

        Assert.All(flags[..12], flag => Assert.Equal(QualityFlags.None, flag));
        Assert.All(flags[12..24], flag => Assert.Equal(QualityFlags.Step | QualityFlags.Suspect, flag & (QualityFlags.Step | QualityFlags.Suspect)));
        Assert.All(flags[24..], flag => Assert.False(flag.HasFlag(QualityFlags.Suspect)));
    }

    [Fact]
    public void A_rise_that_happens_to_be_a_factor_is_doubted_for_one_value_only()
    {
        double[] before = [0.40, 0.40, 0.41, 0.41, 0.40, 0.40, 0.41, 0.41, 0.40, 0.40];

        Assert.Contains(Judge([.. before, 1.32]), flag => flag.HasFlag(QualityFlags.Step | QualityFlags.Suspect));
        Assert.DoesNotContain(Judge([.. before, 1.32, 1.9, 2.2, 2.3, 2.2]), flag => flag.HasFlag(QualityFlags.Suspect));
    }

    [Fact]
    public void A_rise_that_stops_at_once_is_marked_and_not_doubted_and_the_same_fall_is_doubted()
    {
        double[] low = [2.0, 2.01, 2.0, 2.01, 2.0, 2.01, 2.0, 2.01, 2.0, 2.01], high = [.. low.Select(value => value + 1.5)];

        Assert.All(Judge([.. low, .. high])[10..], flag => Assert.Equal(QualityFlags.Step, flag & (QualityFlags.Step | QualityFlags.Suspect)));
        Assert.All(Judge([.. high, .. low])[10..], flag => Assert.Equal(QualityFlags.Step | QualityFlags.Suspect, flag & (QualityFlags.Step | QualityFlags.Suspect)));
    }

    [Fact]
    public void A_lake_that_drops_and_stays_low_is_never_called_shifted()
    {
        double[] full = [8.0, 8.01, 8.02, 8.02, 8.03, 8.03, 8.03, 8.04, 8.04, 8.04], empty = [5.36, 5.36, 5.36, 5.36, 5.36, 5.36];

        Assert.DoesNotContain(Judge(Quarter, ObservedProperty.LakeLevel, "m", [.. full, .. empty]), flag => flag.HasFlag(QualityFlags.Suspect) || flag.HasFlag(QualityFlags.Step));
    }

    [Fact]
    public void Minus_sixty_millimetres_are_fine_and_minus_sixty_metres_are_not()
    {
        Assert.Equal(QualityFlags.OutOfRange | QualityFlags.Suspect, Judge(Quarter, ObservedProperty.Stage, "mASD", -60.0)[0]);
        Assert.Equal(QualityFlags.None, Judge(Quarter, ObservedProperty.Stage, "ft", -4.0)[0]);
        Assert.Equal(QualityFlags.None, Judge(Quarter, ObservedProperty.Stage, "mAOD", 125.176)[0]);
        Assert.Equal(QualityFlags.None, Judge(Quarter, ObservedProperty.Stage, "---", 1e9)[0]); // unknown unit: nothing can be said
    }

    [Fact]
    public void A_stage_that_has_not_moved_for_over_a_day_is_stuck_and_dry_weather_is_not()
    {
        var still = Enumerable.Repeat(1.234, 98).ToArray();

        Assert.Equal(QualityFlags.None, Judge(still)[96]);
        Assert.Equal(QualityFlags.Stuck | QualityFlags.Suspect, Judge(still)[97]);
        Assert.Equal(QualityFlags.None, Judge(Quarter, ObservedProperty.Rainfall, "mm", [.. still.Select(_ => 0.0)])[97]);
    }

    [Fact]
    public void The_first_value_after_a_silence_is_marked()
    {
        SeriesValue[] series = [new(Start, 1, 0), new(Start + Quarter, 1.1, 0), new(Start + (Quarter * 6), 1.2, 0), new(Start + (Quarter * 7), 1.2, 0)];

        Assert.Equal([QualityFlags.None, QualityFlags.None, QualityFlags.Gap, QualityFlags.None], Judge(series, ObservedProperty.Stage, "m", Quarter));
    }

    [Fact]
    public void What_the_source_marks_is_doubted_and_stays_marked() =>
        Assert.Equal(QualityFlags.Qualifier | QualityFlags.Suspect, Judge([new(Start, 1, QualityFlags.Qualifier)], ObservedProperty.Stage, "m", Quarter)[0]);

    [Fact]
    public void The_same_rules_have_the_same_version_and_others_another()
    {
        Assert.Equal(new QualityRules().Version, QualityRules.Default.Version);
        Assert.NotEqual(QualityRules.Default.Version, (QualityRules.Default with { GapIntervals = 9 }).Version);
    }

    [Fact]
    public void A_trend_is_the_slope_of_the_last_two_hours_without_doubted_values()
    {
        var series = Enumerable.Range(0, 20).Select(i => new SeriesValue(Start + (Quarter * i), i == 18 ? 90 : 1 + (0.1 * i), i == 18 ? QualityFlags.Suspect : QualityFlags.None)).ToList();

        Assert.Equal(0.4, Trend.PerHour([.. series])!.Value, 6);
        Assert.Null(Trend.PerHour([series[0]]));
    }

    private static QualityFlags[] Judge(params double[] stages) => Judge(Quarter, ObservedProperty.Stage, "m", stages);

    private static QualityFlags[] Judge(TimeSpan every, ObservedProperty property, string unit, params double[] values) =>
        Judge([.. values.Select((value, i) => new SeriesValue(Start + (every * i), value, QualityFlags.None))], property, unit, every);

    private static QualityFlags[] Judge(SeriesValue[] series, ObservedProperty property, string unit, TimeSpan every) =>
        FlagSeries.Judge(series, 0, QualityRules.Default.LimitsFor(property, unit), every, QualityRules.Default).Flags;
}
