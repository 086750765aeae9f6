namespace Resilience.Observations.Quality;

/// <summary>
/// Flags a stretch of one datastream. Pure: the flags of a value follow from the values around it, whatever the order in which they
/// came, so that a late or repeated delivery ends with the same flags as a punctual one.
/// </summary>
public static class FlagSeries
{
    /// <summary>Flags that are known at receipt and stay with the value.</summary>
    public const QualityFlags Kept = QualityFlags.Future | QualityFlags.Qualifier;

    /// <summary>Values whose flags can change when a later one arrives: the start of a spike, the start of a step.</summary>
    public const int LooksAhead = 4;

    /// <summary>Values that must stand before the first judged one for it to come out as it would with the whole series at hand.</summary>
    public const int Context = 24;

    /// <summary>
    /// The flags of every value of a stretch in time order, at most one value per time. Values before
    /// <paramref name="judgeFrom"/> are context only and keep the flags they have.
    /// </summary>
    /// <param name="series">The stretch. For exact results it begins at least <see cref="QualityRules.Reach"/> before the first judged value, or <paramref name="unchangedSince"/> is given and no step is going on.</param>
    /// <param name="judgeFrom">Index of the first value to judge.</param>
    /// <param name="limits">Limits in the series' unit; null: range, steepness, spikes, steps and rest are not judged.</param>
    /// <param name="expectedEvery">The expected interval.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="unchangedSince">Since when the first value of the stretch has stood; null: since that value.</param>
    /// <param name="restFrom">Index from which rest is judged; values before it keep their <see cref="QualityFlags.Stuck"/>.</param>
    /// <returns>The flags, and since when the last value has stood.</returns>
    public static (QualityFlags[] Flags, DateTimeOffset UnchangedSince) Judge(
        ReadOnlySpan<SeriesValue> series, int judgeFrom, PropertyLimits? limits, TimeSpan expectedEvery, QualityRules rules, DateTimeOffset? unchangedSince = null, int restFrom = 0)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var flags = new QualityFlags[series.Length];
        if (limits is not null)
        {
            FindSteps.Mark(series, limits, rules, flags);
        }

        var since = unchangedSince ?? (series.Length > 0 ? series[0].Time : default);
        for (var i = 0; i < series.Length; i++)
        {
            var gap = i > 0 && series[i].Time - series[i - 1].Time > expectedEvery * rules.GapIntervals;
            if (i > 0 && (gap || series[i].Result != series[i - 1].Result))
            {
                since = series[i].Time;
            }

            var stuck = i < restFrom ? series[i].Flags.HasFlag(QualityFlags.Stuck) : series[i].Time - since > limits?.StuckAfter;
            flags[i] = i < judgeFrom ? series[i].Flags : JudgeOne(series, i, limits, rules, flags[i] | (gap ? QualityFlags.Gap : 0) | (stuck ? QualityFlags.Stuck | QualityFlags.Suspect : 0));
        }

        return (flags, since);
    }

    private static QualityFlags JudgeOne(ReadOnlySpan<SeriesValue> series, int i, PropertyLimits? limits, QualityRules rules, QualityFlags found)
    {
        var flags = (series[i].Flags & Kept) | found;
        if (limits is not null)
        {
            flags |= series[i].Result < limits.Lowest || series[i].Result > limits.Highest ? QualityFlags.OutOfRange | QualityFlags.Suspect : 0;
            flags |= series[i].Result > limits.Record || IsBeyondMonth(series[i], limits, rules) ? QualityFlags.Climatology : 0;
            var spike = FindSpike.IsPart(series, i, limits, rules);
            flags |= spike ? QualityFlags.Spike | QualityFlags.Suspect : 0;
            flags |= FindSpike.IsSteep(series, i, limits) && (spike || !FindSpike.IsEnd(series, i, limits, rules)) ? QualityFlags.RateOfChange : 0;
        }

        return flags.HasFlag(QualityFlags.Qualifier) ? flags | QualityFlags.Suspect : flags;
    }

    private static bool IsBeyondMonth(SeriesValue value, PropertyLimits limits, QualityRules rules)
    {
        if (limits.Months?[value.Time.UtcDateTime.Month - 1] is not { } month)
        {
            return false;
        }

        var margin = rules.MonthMargin * (month.Highest - month.Lowest);
        return value.Result < month.Lowest - margin || value.Result > month.Highest + margin;
    }
}
