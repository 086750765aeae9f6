using Resilience.Core;

namespace Resilience.Relief.Incidents;

/// <summary>An incident as the faces see it (<c>IncidentProperties</c>).</summary>
public sealed record IncidentView(
    Guid Id, IncidentKind Kind, string Title, string? Place, int Reports, int Origins, IncidentState State, CapSeverity Severity, DateTimeOffset First, DateTimeOffset Last, double RadiusKm, bool Exercise)
{
    internal static IncidentView Of(Incident incident) => new(
        incident.Id, incident.Kind, incident.Title, incident.Place, incident.Reports, incident.Origins, incident.State, incident.Severity, incident.FirstAt, incident.LastAt,
        incident.RadiusKm, incident.Exercise);
}

/// <summary>One report of an incident.</summary>
public sealed record MemberView(Guid Id, string Text, DateTimeOffset Time, string Source, string Category, double P);

/// <summary>An incident with its reports (<c>IncidentDetail</c>).</summary>
public sealed record IncidentDetail(
    Guid Id, IncidentKind Kind, string Title, string? Place, int Reports, int Origins, IncidentState State, CapSeverity Severity, DateTimeOffset First, DateTimeOffset Last, double RadiusKm, bool Exercise,
    double? Lon, double? Lat, string? JudgedBy, string? Reason, IReadOnlyList<MemberView> Members)
{
    internal static IncidentDetail Of(Incident incident, IReadOnlyList<MemberView> members) => new(
        incident.Id, incident.Kind, incident.Title, incident.Place, incident.Reports, incident.Origins, incident.State, incident.Severity, incident.FirstAt, incident.LastAt,
        incident.RadiusKm, incident.Exercise, incident.Location.Coordinate.X, incident.Location.Coordinate.Y, incident.JudgedBy, incident.Reason, members);
}
