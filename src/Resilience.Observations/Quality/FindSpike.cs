namespace Resilience.Observations.Quality;

/// <summary>
/// A spike leaves and is back within one or two values, soon; a wave is not. "Leaves" is measured against what the series did just before, so that a
/// calm gauge's small spike is found and a rough one's waves are spared.
/// </summary>
internal static class FindSpike
{
    /// <summary>Values after one that can still show it to be a spike.</summary>
    internal const int LooksAhead = 2;

    /// <summary>True for the one or two values of a spike.</summary>
    internal static bool IsPart(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules) =>
        Length(series, i, limits, rules) > 0 || (i > 0 && Length(series, i - 1, limits, rules) == 2);

    /// <summary>True for the value that is back: as steep as the spike, and nothing to remark.</summary>
    internal static bool IsEnd(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules) =>
        (i > 1 && Length(series, i - 1, limits, rules) == 1) || (i > 2 && Length(series, i - 2, limits, rules) == 2);

    /// <summary>True when the value changed faster than the property's limit.</summary>
    internal static bool IsSteep(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits)
    {
        if (i == 0)
        {
            return false;
        }

        var change = Math.Abs(series[i].Result - series[i - 1].Result);
        return change > limits.SteepStep && change > limits.SteepPerHour * (series[i].Time - series[i - 1].Time).TotalHours;
    }

    /// <summary>How many values a spike beginning at <paramref name="i"/> has: 1, 2, or 0 when none begins there.</summary>
    private static int Length(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules)
    {
        // The way back leaves nothing: it returns.
        if (!Leaves(series, i, limits, rules) || (i > 1 && Leaves(series, i - 1, limits, rules) && Returns(series, i - 1, i, rules)))
        {
            return 0;
        }

        return i + 1 < series.Length && Returns(series, i, i + 1, rules) ? 1
            : i + 2 < series.Length && Returns(series, i, i + 2, rules) ? 2
            : 0;
    }

    private static bool Leaves(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules)
    {
        if (i == 0)
        {
            return false;
        }

        var jump = Math.Abs(series[i].Result - series[i - 1].Result);
        return jump > limits.SpikeStep && jump > limits.SpikeShare * Math.Abs(series[i - 1].Result)
            && (IsSteep(series, i, limits) || jump > rules.SpikeScale * Local.Scale(series, i));
    }

    private static bool Returns(ReadOnlySpan<SeriesValue> series, int i, int back, QualityRules rules)
    {
        double from = series[i - 1].Result, jump = Math.Abs(series[i].Result - from);
        return Math.Abs(series[back].Result - from) <= rules.SpikeReturn * jump && series[back].Time - series[i - 1].Time <= rules.SpikeWithin;
    }
}
