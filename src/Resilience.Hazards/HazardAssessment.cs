using NetTopologySuite.Geometries;
using Resilience.Core;

namespace Resilience.Hazards;

/// <summary>Which way the water goes. Decided over the last readings, not between two of them.</summary>
public enum Trend
{
    /// <summary>Too few trustworthy readings to say.</summary>
    Unknown,

    /// <summary>Falling faster than the rule's noise floor.</summary>
    Falling,

    /// <summary>Neither rising nor falling beyond the noise floor.</summary>
    Steady,

    /// <summary>Rising faster than the rule's noise floor.</summary>
    Rising,
}

/// <summary>
/// What one rule made of one datastream at one moment. Immutable: a change of level, silence or trend is a new assessment, so the
/// history can be read back as it was known then.
/// </summary>
public sealed record HazardAssessment
{
    /// <summary>Follows from the datastream, the reading and the outcome: assessing the same input again gives the same id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The station, for example <c>usgs:02489500</c>.</summary>
    public required string StationId { get; init; }

    /// <summary>The station's name when it was assessed.</summary>
    public required string StationName { get; init; }

    /// <summary>The datastream the rule looked at, for example <c>usgs:02489500:00065</c>.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>What threatens.</summary>
    public required HazardKind Kind { get; init; }

    /// <summary>The level reached. For a silent station the last level it had: silence is never an all-clear.</summary>
    public required HazardLevel Level { get; init; }

    /// <summary>The level in the assessment before this one of the same datastream; None for the first.</summary>
    public required HazardLevel PreviousLevel { get; init; }

    /// <summary>Which way the water went.</summary>
    public required Trend Trend { get; init; }

    /// <summary>When the present level began (phenomenon time of the reading that crossed).</summary>
    public required DateTimeOffset Onset { get; init; }

    /// <summary>When it was decided, on the chain's clock.</summary>
    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>Phenomenon time of the newest reading it rests on.</summary>
    public required DateTimeOffset PhenomenonTime { get; init; }

    /// <summary>0 to 1; the evidence carries how it came about.</summary>
    public required double Confidence { get; init; }

    /// <summary>True when the station has said nothing for more than three times its interval.</summary>
    public required bool Silent { get; init; }

    /// <summary>One or two plain English sentences for people who must act.</summary>
    public required string Summary { get; init; }

    /// <summary>The rule, for example <c>river-stage</c>.</summary>
    public required string RuleName { get; init; }

    /// <summary>The rule's version; raised when its decisions may differ.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>JSON: the readings and thresholds it rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>All the rules were given, kept so that it can be reckoned again; null where another authority or a raster is relayed.</summary>
    public Guid? BasisId { get; init; }

    /// <summary>True when it comes from a drill station: nothing that follows from it may reach anybody as Actual.</summary>
    public required bool Exercise { get; init; }

    /// <summary>Where the station stands: a point in WGS 84.</summary>
    public required Geometry Location { get; init; }
}

/// <summary>The station's present assessment: the worst of its datastreams. One row per station.</summary>
public sealed record CurrentAssessment
{
    /// <summary>The station.</summary>
    public required string StationId { get; init; }

    /// <summary>The assessment that stands.</summary>
    public required Guid AssessmentId { get; init; }

    /// <summary>Version of the map layer at which it last changed.</summary>
    public required long LayerVersion { get; init; }
}
