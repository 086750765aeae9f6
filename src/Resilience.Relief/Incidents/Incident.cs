using NetTopologySuite.Geometries;
using Resilience.Core;

namespace Resilience.Relief.Incidents;

/// <summary>What kind of thing happened, as far as the reports say.</summary>
public enum IncidentKind
{
    /// <summary>Somebody asks for rescue, water, food, medicine, shelter.</summary>
    Needs,

    /// <summary>People are hurt or dead.</summary>
    Injured,

    /// <summary>People are sought.</summary>
    Missing,

    /// <summary>People had to leave their homes.</summary>
    Displaced,

    /// <summary>Roads, bridges, houses, power, water.</summary>
    Damage,
}

/// <summary>What a person has said about an incident. No count of reports changes it.</summary>
public enum IncidentState
{
    /// <summary>Nobody has looked yet.</summary>
    Unverified,

    /// <summary>A coordinator holds it true.</summary>
    Verified,

    /// <summary>A coordinator holds it false, old or not ours.</summary>
    Rejected,
}

/// <summary>Reports that seem to speak of the same event: near in place, time and kind.</summary>
public sealed class Incident
{
    /// <summary>Follows from the first report and the kind.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened.</summary>
    public required IncidentKind Kind { get; init; }

    /// <summary>One line for a list.</summary>
    public required string Title { get; init; }

    /// <summary>The place as the gazetteer writes it.</summary>
    public required string Place { get; init; }

    /// <summary>Where the named place is; never where anybody stood.</summary>
    public required Geometry Location { get; init; }

    /// <summary>How far from <see cref="Location"/> it may be, km.</summary>
    public required double RadiusKm { get; init; }

    /// <summary>How many reports speak of it.</summary>
    public int Reports { get; set; }

    /// <summary>How many different people wrote them, see <see cref="IncidentRules.CountOrigins"/>.</summary>
    public int Origins { get; set; }

    /// <summary>What a person has said about it.</summary>
    public IncidentState State { get; set; }

    /// <summary>See <see cref="IncidentSeverity"/>.</summary>
    public CapSeverity Severity { get; set; }

    /// <summary>When the first report was written.</summary>
    public DateTimeOffset FirstAt { get; set; }

    /// <summary>When the latest report was written.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>Who verified or rejected it.</summary>
    public string? JudgedBy { get; set; }

    /// <summary>When they did.</summary>
    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>Why it was rejected.</summary>
    public string? Reason { get; set; }

    /// <summary>From a drill or recording.</summary>
    public required bool Exercise { get; init; }

    /// <summary>False once <see cref="LeaveMap"/> took it off the live map; a new report puts it back.</summary>
    public bool OnMap { get; set; } = true;

    /// <summary>Version of layer <c>relief.incidents</c> at which it last changed.</summary>
    public long LayerVersion { get; set; }
}

/// <summary>One report of an incident. A report belongs to at most one.</summary>
public sealed class IncidentMember
{
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }

    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>Its author as a salted hash; empty when unknown.</summary>
    public required string OriginId { get; init; }
}
