using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Reports;
using Resilience.Reports.Classifying;

namespace Resilience.Relief.Incidents;

/// <summary>What makes two reports one incident. Pure.</summary>
public static class IncidentRules
{
    /// <summary>Reports further apart than this in time are different incidents.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromHours(6);

    /// <summary>Two places named with less uncertainty than this are compared as if it were this, km: gazetteers disagree by about as much.</summary>
    public const double AtLeastKm = 5;

    /// <summary>A place named more coarsely than this (a district, a state) merges only with reports that name the very same place, km.</summary>
    public const double CoarseKm = 25;

    /// <summary>The kind of incident a report speaks of, or null when it speaks of none (advice, donations, sympathy).</summary>
    public static IncidentKind? KindOf(Report report) => !report.Informative ? null : report.Category switch
    {
        Categories.RequestsOrNeeds => IncidentKind.Needs,
        Categories.InjuredOrDead => IncidentKind.Injured,
        Categories.MissingOrFound => IncidentKind.Missing,
        Categories.DisplacedPeople => IncidentKind.Displaced,
        Categories.InfrastructureDamage => IncidentKind.Damage,
        _ => null,
    };

    /// <summary>Kinds that somebody has to do something about.</summary>
    public static bool AsksForHelp(IncidentKind kind) => kind is IncidentKind.Needs or IncidentKind.Injured or IncidentKind.Missing;

    /// <summary>True when a located report of the same kind belongs to the incident. A rejected incident takes no more reports.</summary>
    public static bool Belongs(Report report, Incident incident)
    {
        if (incident.State == IncidentState.Rejected || report.Exercise != incident.Exercise
            || report.PostedAt < incident.FirstAt - Near || report.PostedAt > incident.LastAt + Near)
        {
            return false;
        }

        // Also of one name: there are many Springfields.
        var reach = Math.Max(AtLeastKm, Math.Max(report.RadiusKm!.Value, incident.RadiusKm));
        return (reach <= CoarseKm || report.PlaceName == incident.Place) && DistanceKm(report, incident) <= reach;
    }

    /// <summary>How many different people wrote. Reports without a known author add nobody to those known, as they may be theirs; alone they count as one.</summary>
    public static int CountOrigins(IReadOnlySet<string> origins) => Math.Max(1, origins.Count(origin => origin.Length > 0));

    /// <summary>Between the places named, km.</summary>
    public static double DistanceKm(Report report, Incident incident) =>
        Wgs84.DistanceMetres(At(report.Location!), At(incident.Location)) / 1000;

    /// <summary>One line for a list.</summary>
    public static string TitleOf(IncidentKind kind, string place) => kind switch
    {
        IncidentKind.Needs => $"Help asked for in {place}",
        IncidentKind.Injured => $"People hurt in {place}",
        IncidentKind.Missing => $"People missing in {place}",
        IncidentKind.Displaced => $"People displaced in {place}",
        _ => $"Damage in {place}",
    };

    private static Coordinate At(Geometry point) => point.Coordinate;
}

/// <summary>How bad an incident looks. A machine never says Extreme; that is a person's word.</summary>
public static class IncidentSeverity
{
    /// <summary>This many different people saying the same is more than a rumour.</summary>
    public const int ManyOrigins = 3;

    /// <summary>
    /// Severe when somebody asks for help, is hurt or missing, and either a coordinator verified it or three different people say
    /// so; Moderate when only one or two do; Minor for damage and displacement, Moderate once verified.
    /// </summary>
    public static CapSeverity Of(IncidentKind kind, int origins, IncidentState state)
    {
        var sure = state == IncidentState.Verified || origins >= ManyOrigins;
        return IncidentRules.AsksForHelp(kind)
            ? sure ? CapSeverity.Severe : CapSeverity.Moderate
            : state == IncidentState.Verified ? CapSeverity.Moderate : CapSeverity.Minor;
    }
}
