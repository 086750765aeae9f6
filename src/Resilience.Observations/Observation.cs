namespace Resilience.Observations;

/// <summary>One value of one datastream at one time (SensorThings). Key: datastream, phenomenon time, revision.</summary>
public sealed class Observation
{
    /// <summary>The datastream it belongs to.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>When it was true, UTC, shifted by the feed's <see cref="Feed.TimeShift"/>.</summary>
    public required DateTimeOffset PhenomenonTime { get; init; }

    /// <summary>0 for the value first heard; one more each time the source says another value for the same time. All are kept; the highest holds.</summary>
    public required int Revision { get; init; }

    /// <summary>The raw value in the datastream's unit, exactly as the source gave it. Always finite.</summary>
    public required double Result { get; init; }

    /// <summary>When the source made it known, or null when it does not say.</summary>
    public DateTimeOffset? ResultTime { get; init; }

    /// <summary>What quality control found. Derived, and derived again when neighbours arrive late.</summary>
    public required QualityFlags Flags { get; set; }

    /// <summary>The source's own marks as it wrote them, for example <c>P,Ice</c>; null when none.</summary>
    public string? Qualifier { get; init; }

    /// <summary>The batch that brought it.</summary>
    public required Guid BatchId { get; init; }
}
