namespace Resilience.Observations.Quality;

/// <summary>
/// A jump of a telling size: the value times the factor between two units, with the other sign, or moved as a whole by a new zero. Looked
/// for from the oldest value on, because what follows the jump belongs to it until it comes back.
/// </summary>
/// <remarks>
/// A real rise can hit such a factor by chance, but does not go on in that measure: the doubt is withdrawn with the next value. A rise
/// that stops at once and stays may be a gate that was opened, so an upward shift is marked and not doubted; a downward one is doubted, because
/// it could clear a warning. Lakes that drop and stay are what an outburst looks like: their zero is never judged (<see cref="PropertyLimits.Shifts"/>).
/// </remarks>
internal static class FindSteps
{
    /// <summary>Values after one that can still show it to be a step.</summary>
    internal const int LooksAhead = 3;

    private const QualityFlags Doubted = QualityFlags.Step | QualityFlags.Suspect;

    /// <summary>Adds the flags of steps to <paramref name="flags"/>.</summary>
    internal static void Mark(ReadOnlySpan<SeriesValue> series, PropertyLimits limits, QualityRules rules, Span<QualityFlags> flags)
    {
        for (var i = Local.Context; i < series.Length; i++)
        {
            if (Math.Abs(series[i].Result - series[i - 1].Result) > limits.SpikeStep)
            {
                i = Follow(series, i, limits, rules, flags);
            }
        }
    }

    /// <summary>Judges a jump; gives the last value that belongs to it, or the jump itself when it tells nothing.</summary>
    private static int Follow(ReadOnlySpan<SeriesValue> series, int at, PropertyLimits limits, QualityRules rules, Span<QualityFlags> flags)
    {
        double level = Local.Level(series, at), scale = Local.Scale(series, at)!.Value, jump = series[at].Result - level;
        if (Math.Abs(jump) <= Math.Max(limits.SpikeStep, rules.StepScale * scale))
        {
            return at;
        }

        var slack = Math.Max(rules.StepSlack * scale, limits.SpikeStep * rules.StepShare);
        foreach (var factor in limits.Factors)
        {
            // While the water rises the level lags behind, and just after a spike the value before is no measure.
            var meant = series[at].Result / factor;
            var from = Math.Abs(meant - level) < Math.Abs(meant - series[at - 1].Result) ? level : series[at - 1].Result;
            if (Math.Abs(from) > limits.SpikeStep && Math.Abs(meant - from) <= Math.Max(slack, rules.FactorTolerance * Math.Abs(from)))
            {
                return FollowFactor(series, at, factor, from, slack, limits, rules, flags);
            }
        }

        return limits.Shifts && Math.Abs(jump) >= limits.SteepStep && IsPlateau(series, at, slack, rules) ? FollowShift(series, at, jump, rules, flags) : at;
    }

    private static int FollowFactor(ReadOnlySpan<SeriesValue> series, int at, double factor, double level, double slack, PropertyLimits limits, QualityRules rules, Span<QualityFlags> flags)
    {
        var (i, last) = (at, level);
        for (; i < series.Length && series[i].Time - series[at].Time <= rules.StepHolds; i++)
        {
            var meant = series[i].Result / factor;
            if (Math.Abs(meant - last) > Math.Max(slack, rules.FactorTolerance * Math.Abs(last)))
            {
                break;
            }

            last = meant;
        }

        var ended = i < series.Length && series[i].Time - series[at].Time <= rules.StepHolds;
        if (ended && i == at + 1 && Math.Abs(series[i].Result - last) > Math.Max(limits.SpikeStep, rules.StepScale * slack))
        {
            return at; // It went on in another measure: no mistake of units, but water.
        }

        for (var k = at; k < i; k++)
        {
            flags[k] |= Doubted;
        }

        return ended ? i : i - 1;
    }

    private static bool IsPlateau(ReadOnlySpan<SeriesValue> series, int at, double slack, QualityRules rules)
    {
        if (at + LooksAhead >= series.Length || series[at + LooksAhead].Time - series[at - 1].Time > rules.ShiftWithin)
        {
            return false;
        }

        for (var k = at + 1; k <= at + LooksAhead; k++)
        {
            if (Math.Abs(series[k].Result - series[k - 1].Result) > slack)
            {
                return false;
            }
        }

        return true;
    }

    private static int FollowShift(ReadOnlySpan<SeriesValue> series, int at, double jump, QualityRules rules, Span<QualityFlags> flags)
    {
        var i = at;
        for (; i < series.Length && series[i].Time - series[at].Time <= rules.StepHolds && Math.Abs(series[i].Result - series[at].Result) <= rules.ShiftLeaves * Math.Abs(jump); i++)
        {
            flags[i] |= jump > 0 ? QualityFlags.Step : Doubted;
        }

        // The value that leaves the plateau is not asked again: the way back is as far as the way there.
        return Math.Min(i, series.Length - 1);
    }
}
