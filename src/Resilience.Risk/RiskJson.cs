using System.Text.Json.Serialization;
using Resilience.Core;
using Resilience.Hazards.Cascading;
using Resilience.Risk.Exposing;
using Resilience.Risk.Impact;

namespace Resilience.Risk;

/// <summary>A zone as the faces see it (<c>ZoneProperties</c> of <c>api.ts</c>).</summary>
public record ZoneView(
    Guid Id, HazardKind Kind, CapSeverity Severity, string Title, string Reason, long People, int Sites, Guid Assessment, string Station, bool Exercise,
    DateTimeOffset Since, int Version, Likelihood Likelihood, ImpactClass Impact)
{
    /// <summary>The view of a zone.</summary>
    public static ZoneView Of(RiskZone zone) => new(
        zone.Id, zone.Kind, zone.Severity, zone.Title, zone.Reason, zone.People, zone.Sites, zone.AssessmentId, zone.StationId, zone.Exercise,
        zone.Since, zone.Version, zone.Likelihood, zone.Impact);
}

/// <summary>A zone with who and what is inside (<c>ZoneDetail</c>).</summary>
public sealed record ZoneDetail(
    Guid Id, HazardKind Kind, CapSeverity Severity, string Title, string Reason, long People, int Sites, Guid Assessment, string Station, bool Exercise,
    DateTimeOffset Since, int Version, Likelihood Likelihood, ImpactClass Impact,
    bool Removed, IReadOnlyList<PlaceInside> Places, IReadOnlyList<SiteInside> SiteList, IReadOnlyList<string> Assumptions,
    ArrivalsView? Arrivals, IReadOnlyList<AffectedUnit> Units, MatrixView Matrix, NeedsView Needs, IReadOnlyList<string> NotKnown)
    : ZoneView(Id, Kind, Severity, Title, Reason, People, Sites, Assessment, Station, Exercise, Since, Version, Likelihood, Impact);

/// <summary>A place inside a zone, and how far from the station it lies.</summary>
public sealed record PlaceInside(string Name, long People, double Km);

/// <summary>A critical site inside a zone, and how far from the station it lies.</summary>
public sealed record SiteInside(string Name, string Kind, double Km);

/// <summary>The risk matrix with the cell the zone stands in.</summary>
/// <param name="Likelihoods">The rows, from low to observed.</param>
/// <param name="Impacts">The columns, from minimal to severe.</param>
/// <param name="Cells">The severities, row by row.</param>
/// <param name="Row">The zone's row.</param>
/// <param name="Column">The zone's column.</param>
public sealed record MatrixView(IReadOnlyList<Likelihood> Likelihoods, IReadOnlyList<ImpactClass> Impacts, IReadOnlyList<IReadOnlyList<CapSeverity>> Cells, int Row, int Column)
{
    /// <summary>The matrix with a zone's cell.</summary>
    public static MatrixView Of(RiskZone zone) => new(Enum.GetValues<Likelihood>(), Enum.GetValues<ImpactClass>(), RiskMatrix.Cells, (int)zone.Likelihood, (int)zone.Impact);
}

/// <summary>What so many displaced people need at least.</summary>
/// <param name="People">How many.</param>
/// <param name="Assumption">What the number rests on.</param>
/// <param name="Items">The needs.</param>
public sealed record NeedsView(long People, string Assumption, IReadOnlyList<Need> Items);

/// <summary>A place found by name (<c>Place</c>).</summary>
public sealed record PlaceView(string Id, string Name, string Country, string Admin1, double Lon, double Lat, long Population);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ZoneView))]
[JsonSerializable(typeof(ZoneDetail))]
[JsonSerializable(typeof(ExposureCount))]
[JsonSerializable(typeof(NeedsView))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<PlaceView>))]
internal sealed partial class RiskJson : JsonSerializerContext;
