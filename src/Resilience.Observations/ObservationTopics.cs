using Resilience.Core.Chain;

namespace Resilience.Observations;

/// <summary>What this link hands over.</summary>
public static class ObservationTopics
{
    /// <summary>Observations were stored. Key: the batch id (a GUID in text); read it with <c>ObservationQueries.ListBatchesAsync</c>.</summary>
    public static readonly Topic Stored = new("observations.stored");
}
