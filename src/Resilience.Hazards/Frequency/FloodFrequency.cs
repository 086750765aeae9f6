namespace Resilience.Hazards.Frequency;

/// <summary>How rare a value is.</summary>
/// <param name="Years">On average exceeded once in so many years; never more than <see cref="FloodFrequency.Longest"/>.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end of the 90 % interval.</param>
public readonly record struct ReturnPeriod(double Years, double Low, double High);

/// <summary>A value exceeded once in so many years on average.</summary>
/// <param name="Years">So many.</param>
/// <param name="Value">In the record's unit.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end of the 90 % interval.</param>
public readonly record struct ReturnLevel(int Years, double Value, double Low, double High);

/// <summary>
/// How often a river reaches a value, from its annual maxima: GEV by L-moments, with a 90 % interval by resampling the years (percentile bootstrap).
/// Immutable and thread-safe; the same record always gives the same figures.
/// </summary>
public sealed class FloodFrequency
{
    /// <summary>With fewer years nothing is said.</summary>
    /// <value>10 years.</value>
    public const int FewestYears = 10;

    /// <summary>No return period is given beyond this: no gauge has a record that would bear it.</summary>
    /// <value>1000 years.</value>
    public const double Longest = 1000;

    private const int Resamples = 1000;
    private readonly Gev[] _resampled;

    private FloodFrequency(AnnualMaxima record, Gev fit, Gev[] resampled) => (Record, Fit, _resampled) = (record, fit, resampled);

    /// <summary>The annual maxima it rests on.</summary>
    public AnnualMaxima Record { get; }

    /// <summary>The fitted distribution.</summary>
    public Gev Fit { get; }

    /// <summary>The analysis, or null when the record is too short or has no spread: "not enough record".</summary>
    public static FloodFrequency? Of(AnnualMaxima record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var values = record.Values.OrderBy(year => year.Year).Select(year => year.Value).ToArray();
        if (values.Length < FewestYears || LMoments.Of(values) is not { } moments || Gev.Fit(moments) is not { } fit)
        {
            return null;
        }

        // Its own generator: the library's may change between releases, and an assessment must come out the same for good.
        var (seed, sample, resampled) = (0x9E3779B97F4A7C15UL, new double[values.Length], new List<Gev>(Resamples));
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < sample.Length; j++)
            {
                sample[j] = values[(int)(Next(ref seed) % (ulong)values.Length)];
            }

            if (LMoments.Of(sample) is { } again && Gev.Fit(again) is { } refit)
            {
                resampled.Add(refit);
            }
        }

        // Where most resamples have no spread (one flood among years all alike) no interval can be told, and without one nothing is.
        return resampled.Count < Resamples / 2 ? null : new FloodFrequency(record, fit, [.. resampled]);
    }

    /// <summary>How rare a value is. Of values every year brings it says one year.</summary>
    public ReturnPeriod PeriodOf(double value)
    {
        var (years, low, high) = With(Years(Fit, value), fit => Years(fit, value));
        return new ReturnPeriod(years, low, high);
    }

    /// <summary>The value exceeded once in so many years on average.</summary>
    public ReturnLevel LevelOf(int years)
    {
        var (value, low, high) = With(Fit.ReturnLevel(years), fit => fit.ReturnLevel(years));
        return new ReturnLevel(years, Math.Round(value, 3), Math.Round(low, 3), Math.Round(high, 3));
    }

    // A percentile interval may miss the estimate it belongs to; told to people, it holds it.
    private (double Value, double Low, double High) With(double value, Func<Gev, double> of)
    {
        var all = _resampled.Select(of).Order().ToArray();
        return (value, Math.Min(value, all[(int)(0.05 * all.Length)]), Math.Max(value, all[(int)(0.95 * all.Length)]));
    }

    private static double Years(Gev fit, double value) => Math.Round(Math.Clamp(1 / (1 - fit.NotExceeded(value)), 1, Longest), 1);

    // SplitMix64 (Steele, Lea & Flood 2014).
    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
