namespace Resilience.Observations.Quality;

/// <summary>One value of a series as quality control sees it.</summary>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Result">Raw value.</param>
/// <param name="Flags">Flags it has; only those that stay with a value (future, the source's own mark) are taken over.</param>
public readonly record struct SeriesValue(DateTimeOffset Time, double Result, QualityFlags Flags);
