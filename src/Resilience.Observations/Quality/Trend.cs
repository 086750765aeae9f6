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
    public static double? PerHour(IReadOnlyList<SeriesValue> series)
    {
        if (series.Count == 0)
        {
            return null;
        }

        var end = series[^1].Time;
        var used = series.TakeLast(Most).Where(value => value.Time >= end - Over && !value.Flags.HasFlag(QualityFlags.Suspect))
            .Select(value => (Hours: (value.Time - end).TotalHours, value.Result)).ToList();
        if (used.Count < 2 || used[^1].Hours - used[0].Hours < 1.0 / 6)
        {
            return null;
        }

        double meanHours = used.Average(value => value.Hours), meanResult = used.Average(value => value.Result);
        var above = used.Sum(value => (value.Hours - meanHours) * (value.Result - meanResult));
        var below = used.Sum(value => (value.Hours - meanHours) * (value.Hours - meanHours));
        return Math.Round(above / below, 6);
    }
}
