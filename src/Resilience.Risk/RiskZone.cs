using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Risk.Impact;

namespace Resilience.Risk;

/// <summary>
/// Where a hazard meets people: a hazard's footprint with who and what is inside and how bad it may get. One zone per station and
/// kind of hazard; a change raises its version.
/// </summary>
public sealed record RiskZone
{
    /// <summary>Stable over the zone's whole life: follows from station and kind.</summary>
    public required Guid Id { get; init; }

    /// <summary>Raised by one at every change, 1 at first.</summary>
    public required int Version { get; init; }

    /// <summary>What threatens.</summary>
    public required HazardKind Kind { get; init; }

    /// <summary>Likelihood × impact read off <see cref="RiskMatrix"/>.</summary>
    public required CapSeverity Severity { get; init; }

    /// <summary>How sure it is that the footprint is or will be struck.</summary>
    public required Likelihood Likelihood { get; init; }

    /// <summary>What it does to people there if it strikes.</summary>
    public required ImpactClass Impact { get; init; }

    /// <summary>The footprint: a Polygon or MultiPolygon, outer rings counter-clockwise.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>A short line for a list.</summary>
    public required string Title { get; init; }

    /// <summary>Why this severity, in plain English.</summary>
    public required string Reason { get; init; }

    /// <summary>People living inside, as <see cref="Exposing.ExposureCount.People"/> counts them.</summary>
    public required long People { get; init; }

    /// <summary>How many critical sites lie inside.</summary>
    public required int Sites { get; init; }

    /// <summary>JSON of who and what is inside, see <see cref="Exposing.ExposureCount"/>.</summary>
    public required string Exposed { get; init; }

    /// <summary>JSON array of the sentences one must know before trusting the zone.</summary>
    public required string Assumptions { get; init; }

    /// <summary>The assessment this version rests on.</summary>
    public required Guid AssessmentId { get; init; }

    /// <summary>The station that saw it; for a relayed warning <see cref="RelayedWarning.StationPrefix"/> and its thread.</summary>
    public required string StationId { get; init; }

    /// <summary>It is another authority's warning: shown and counted here, never written anew as ours.</summary>
    public bool IsRelayed => StationId.StartsWith(RelayedWarning.StationPrefix, StringComparison.Ordinal);

    /// <summary>True when a gauge raised it; what is relayed or seen from above has none.</summary>
    public bool IsOfGauge => !IsRelayed && !StationId.StartsWith(SeenFromAbove.StationPrefix, StringComparison.Ordinal);

    /// <summary>True when it comes from a drill station.</summary>
    public required bool Exercise { get; init; }

    /// <summary>When the hazard began, as far as is known.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When this version was made, on the chain's clock.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>True once the level has fallen to None; the zone may come back with a higher version.</summary>
    public required bool Removed { get; init; }

    /// <summary>Version of the map layer at which it last changed.</summary>
    public required long LayerVersion { get; init; }
}
