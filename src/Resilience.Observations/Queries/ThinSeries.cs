namespace Resilience.Observations.Queries;

/// <summary>Thins a series for drawing without hiding a peak: of each stretch of time the lowest and the highest value stay.</summary>
internal static class ThinSeries
{
    /// <summary>At most <paramref name="limit"/> (two or more) of the observations, in time order; all of them when they are no more than that.</summary>
    internal static IReadOnlyList<Observation> To(IReadOnlyList<Observation> series, int limit)
    {
        if (series.Count <= limit)
        {
            return series;
        }

        var buckets = limit / 2;
        DateTimeOffset first = series[0].PhenomenonTime, last = series[^1].PhenomenonTime;
        return [.. series
            .GroupBy(value => Math.Min(buckets - 1, (int)((value.PhenomenonTime - first) / (last - first) * buckets)))
            .SelectMany(bucket => new[] { bucket.MinBy(value => value.Result)!, bucket.MaxBy(value => value.Result)! }.DistinctBy(value => value.PhenomenonTime).OrderBy(value => value.PhenomenonTime))];
    }
}
