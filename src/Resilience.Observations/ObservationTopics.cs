using Resilience.Core.Chain;

namespace Resilience.Observations;

/// <summary>What this link hands over.</summary>
public static class ObservationTopics
{
    /// <summary>Observations were stored. Key: the batch id (a GUID in text); read it with <c>ObservationQueries.ListBatchesAsync</c>.</summary>
    public static readonly Topic Stored = new("observations.stored");

    /// <summary>A raster was stored. Key: its feed's id; read what it has shown of late with <c>CoverageQueries.ListSinceAsync</c>.</summary>
    public static readonly Topic CoverageStored = new("observations.coverage-stored");

    /// <summary>
    /// Another authority announced, changed or withdrew something, or two of its threads turned out to be one. Key: the thread (a GUID in
    /// text); read it with <c>BulletinQueries.ListThreadAsync</c>. A thread that went up in another is empty.
    /// </summary>
    public static readonly Topic BulletinStored = new("observations.bulletin-stored");
}
