namespace Resilience.Hazards.Cascading;

/// <summary>How long rises took from one gauge to the next.</summary>
/// <param name="Hours">At the maximum of the cross-correlation over the whole record.</param>
/// <param name="Low">The tenth percentile of the parts' own lags, hours.</param>
/// <param name="High">The ninetieth, hours.</param>
/// <param name="Correlation">At that maximum.</param>
/// <param name="Parts">Parts of the record in which the rises themselves said something.</param>
public sealed record LearntLag(int Hours, double Low, double High, double Correlation, int Parts);

/// <summary>Learns the travel time between two gauges from the lag of the maximum cross-correlation of their rises. Pure.</summary>
public static class LearnLag
{
    /// <summary>Below this the two do not say the same thing.</summary>
    /// <value>0.3.</value>
    public const double LeastCorrelation = 0.3;

    /// <summary>Parts of one week; the rises of a flood are over within one.</summary>
    private const int PartHours = 168;
    private const int LeastParts = 5;
    private const double LeastRise = 0.10;

    /// <summary>
    /// The lag and its spread over weeks with a rise of at least 0.10 m above; null when the gauges do not follow each other or fewer than
    /// five weeks show it. Hourly values on one grid, NaN for gaps.
    /// </summary>
    public static LearntLag? Between(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, int mostHours = 48)
    {
        if (upper.Length != lower.Length)
        {
            throw new ArgumentException("Both records must lie on one grid.", nameof(lower));
        }

        var (a, b) = (Rises(upper), Rises(lower));
        var (hours, best) = Best(a, b, mostHours);
        if (best < LeastCorrelation)
        {
            return null;
        }

        var lags = new List<double>();
        for (var at = 0; at + PartHours + mostHours <= a.Length; at += PartHours)
        {
            var part = a.AsSpan(at, PartHours);
            var risen = 0.0;
            foreach (var rise in part)
            {
                risen += rise;
            }

            if (risen >= LeastRise && Best(part, b.AsSpan(at, PartHours + mostHours), mostHours) is var (lag, correlation) && correlation >= LeastCorrelation)
            {
                lags.Add(lag);
            }
        }

        lags.Sort();
        return lags.Count < LeastParts ? null : new LearntLag(hours, Quantile(lags, 0.1), Quantile(lags, 0.9), best, lags.Count);
    }

    /// <summary>By how much the stage rose in each hour; a fall or a gap is no rise.</summary>
    private static double[] Rises(ReadOnlySpan<double> values)
    {
        var rises = new double[values.Length];
        for (var t = 1; t < values.Length; t++)
        {
            var rise = values[t] - values[t - 1];
            rises[t] = rise > 0 ? rise : 0;
        }

        return rises;
    }

    private static (int Hours, double Correlation) Best(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, int mostHours)
    {
        var (hours, best) = (0, double.NegativeInfinity);
        for (var lag = 0; lag <= mostHours; lag++)
        {
            var n = Math.Min(upper.Length, lower.Length - lag);
            var correlation = Correlation(upper[..n], lower.Slice(lag, n));
            if (correlation > best)
            {
                (hours, best) = (lag, correlation);
            }
        }

        return (hours, best);
    }

    private static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            (sx, sy, xx, yy, xy) = (sx + x[i], sy + y[i], xx + (x[i] * x[i]), yy + (y[i] * y[i]), xy + (x[i] * y[i]));
        }

        var (vx, vy) = (xx - (sx * sx / x.Length), yy - (sy * sy / x.Length));
        return vx > 0 && vy > 0 ? (xy - (sx * sy / x.Length)) / Math.Sqrt(vx * vy) : 0;
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var at = share * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 < sorted.Count ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
