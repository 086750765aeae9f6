namespace Resilience.Observations.Quality;

/// <summary>One value of a series as quality control sees it.</summary>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Result">Raw value.</param>
/// <param name="Flags">Flags it has; only those that stay with a value (future, the source's own mark) are taken over.</param>
public readonly record struct SeriesValue(DateTimeOffset Time, double Result, QualityFlags Flags);

/// <summary>
/// Flags a stretch of one datastream. Pure: the flags of a value follow from the values around it, whatever the order in which they
/// came, so that a late or repeated delivery ends with the same flags as a punctual one.
/// </summary>
public static class FlagSeries
{
    /// <summary>Flags that are known at receipt and stay with the value.</summary>
    public const QualityFlags Kept = QualityFlags.Future | QualityFlags.Qualifier;

    /// <summary>Values whose flags can change when a neighbour arrives: two before it (the start of a spike).</summary>
    public const int LooksAhead = 2;

    /// <summary>
    /// The flags of every value of a stretch in time order, at most one value per time. Values before
    /// <paramref name="judgeFrom"/> are context only and keep the flags they have.
    /// </summary>
    /// <param name="series">The stretch. For exact results it begins at least one stuck period before the first judged value, or <paramref name="unchangedSince"/> is given.</param>
    /// <param name="judgeFrom">Index of the first value to judge.</param>
    /// <param name="limits">Limits in the series' unit; null: range, steepness and rest are not judged.</param>
    /// <param name="expectedEvery">The expected interval.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="unchangedSince">Since when the first value of the stretch has stood; null: since that value.</param>
    /// <param name="restFrom">Index from which rest is judged; values before it keep their <see cref="QualityFlags.Stuck"/>.</param>
    /// <returns>The flags, and since when the last value has stood.</returns>
    public static (QualityFlags[] Flags, DateTimeOffset UnchangedSince) Judge(
        ReadOnlySpan<SeriesValue> series, int judgeFrom, PropertyLimits? limits, TimeSpan expectedEvery, QualityRules rules, DateTimeOffset? unchangedSince = null, int restFrom = 0)
    {
        var flags = new QualityFlags[series.Length];
        var since = unchangedSince ?? (series.Length > 0 ? series[0].Time : default);
        for (var i = 0; i < series.Length; i++)
        {
            var gap = i > 0 && series[i].Time - series[i - 1].Time > expectedEvery * rules.GapIntervals;
            if (i > 0 && (gap || series[i].Result != series[i - 1].Result))
            {
                since = series[i].Time;
            }

            var stuck = i < restFrom ? series[i].Flags.HasFlag(QualityFlags.Stuck) : series[i].Time - since > limits?.StuckAfter;
            flags[i] = i < judgeFrom ? series[i].Flags : JudgeOne(series, i, limits, rules, gap, stuck);
        }

        return (flags, since);
    }

    private static QualityFlags JudgeOne(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits? limits, QualityRules rules, bool gap, bool stuck)
    {
        var flags = (series[i].Flags & Kept) | (gap ? QualityFlags.Gap : QualityFlags.None);
        if (limits is not null)
        {
            flags |= series[i].Result < limits.Lowest || series[i].Result > limits.Highest ? QualityFlags.OutOfRange | QualityFlags.Suspect : QualityFlags.None;
            flags |= stuck ? QualityFlags.Stuck | QualityFlags.Suspect : QualityFlags.None;
            if (IsSpike(series, i, limits, rules))
            {
                flags |= QualityFlags.RateOfChange | QualityFlags.Suspect;
            }
            else if (IsSteep(series, i, limits) && !EndsSpike(series, i, limits, rules))
            {
                flags |= QualityFlags.RateOfChange;
            }
        }

        return flags.HasFlag(QualityFlags.Qualifier) ? flags | QualityFlags.Suspect : flags;
    }

    private static bool IsSteep(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits)
    {
        if (i == 0)
        {
            return false;
        }

        var change = Math.Abs(series[i].Result - series[i - 1].Result);
        return change > limits.SteepStep && change > limits.SteepPerHour * (series[i].Time - series[i - 1].Time).TotalHours;
    }

    // A spike leaves steeply and is back after one or two values, soon. Its second value belongs to it.
    private static bool IsSpike(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules) =>
        SpikeLength(series, i, limits, rules) > 0 || (i > 0 && SpikeLength(series, i - 1, limits, rules) == 2);

    private static bool EndsSpike(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules) =>
        (i > 1 && SpikeLength(series, i - 1, limits, rules) == 1) || (i > 2 && SpikeLength(series, i - 2, limits, rules) == 2);

    /// <summary>How many values a spike beginning at <paramref name="i"/> has: 1, 2, or 0 when none begins there.</summary>
    private static int SpikeLength(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits limits, QualityRules rules)
    {
        // The way back from a spike is steep too, but leaves nothing: it returns.
        if (!IsSteep(series, i, limits) || (i > 1 && IsSteep(series, i - 1, limits) && Returns(series, i - 1, i, rules)))
        {
            return 0;
        }

        return i + 1 < series.Length && Returns(series, i, i + 1, rules) ? 1
            : i + 2 < series.Length && Returns(series, i, i + 2, rules) ? 2
            : 0;
    }

    private static bool Returns(ReadOnlySpan<SeriesValue> series, int i, int back, QualityRules rules)
    {
        double from = series[i - 1].Result, jump = Math.Abs(series[i].Result - from);
        return Math.Abs(series[back].Result - from) <= rules.SpikeReturn * jump && series[back].Time - series[i - 1].Time <= rules.SpikeWithin;
    }
}
