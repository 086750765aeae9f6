using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>
/// What a rule remembers of one datastream between batches: the state before a window of recent readings, and the window
/// itself, so that a reading that comes late is put in its place and the window folded again.
/// </summary>
public sealed record DatastreamMemory
{
    /// <summary>The datastream.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>What it is judged for: each concern remembers for itself. Of what others announce the kind of hazard.</summary>
    public required HazardKind Concern { get; init; }

    /// <summary>Its station.</summary>
    public required string StationId { get; init; }

    /// <summary>The latest assessment of it; null before the first.</summary>
    public required Guid? AssessmentId { get; init; }

    /// <summary>JSON of the rules' state and window.</summary>
    public required string State { get; init; }

    /// <summary>When the station counts as silent unless a reading comes; null once it does (or when nothing is expected).</summary>
    public required DateTimeOffset? SilentAfter { get; init; }
}
