namespace Resilience.Observations.Quality;

/// <summary>How fast a value is changing now.</summary>
public static class Trend
{
    /// <summary>The stretch a trend is taken over.</summary>
    public static readonly TimeSpan Over = TimeSpan.FromHours(2);

    /// <summary>No more values than this are looked at, so that the trend is the same however many are at hand.</summary>
    internal const int Most = 40;

    /// <summary>
    /// Least-squares slope per hour over the last <see cref="Over"/> up to the last value (at most 40 values), leaving out suspect ones; null with fewer
    /// than two values or less than ten minutes between the first and the last.
    /// </summary>
    public static double? PerHour(ReadOnlySpan<SeriesValue> series)
    {
        if (series.Length == 0)
        {
            return null;
        }

        var end = series[^1].Time;
        Span<(double Hours, double Result)> used = stackalloc (double, double)[Most];
        var count = 0;
        foreach (ref readonly var value in series[^Math.Min(Most, series.Length)..])
        {
            if (value.Time >= end - Over && !value.Flags.HasFlag(QualityFlags.Suspect))
            {
                used[count++] = ((value.Time - end).TotalHours, value.Result);
            }
        }

        used = used[..count];
        if (count < 2 || used[^1].Hours - used[0].Hours < 1.0 / 6)
        {
            return null;
        }

        double meanHours = 0, meanResult = 0, above = 0, below = 0;
        foreach (var (hours, result) in used)
        {
            (meanHours, meanResult) = (meanHours + hours, meanResult + result);
        }

        (meanHours, meanResult) = (meanHours / count, meanResult / count);
        foreach (var (hours, result) in used)
        {
            above += (hours - meanHours) * (result - meanResult);
            below += (hours - meanHours) * (hours - meanHours);
        }

        return Math.Round(above / below, 6);
    }
}
