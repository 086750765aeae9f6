using System.Text.Json.Serialization;
using Resilience.Core;
using Resilience.Hazards.Cascading;
using Resilience.Observations.Coverages;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
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
    ArrivalsView? Arrivals, IReadOnlyList<AffectedUnit> Units, MatrixView? Matrix, NeedsView Needs, IReadOnlyList<SeenInside> Seen, IReadOnlyList<string> NotKnown,
    IReadOnlyList<ExposedRoad>? Roads, Vulnerability? Vulnerability, DamageView? Damage)
    : ZoneView(Id, Kind, Severity, Title, Reason, People, Sites, Assessment, Station, Exercise, Since, Version, Likelihood, Impact);

/// <summary>A place inside a zone, how far from the station it lies, and how far from a road where that is known.</summary>
public sealed record PlaceInside(string Name, long People, double Km, double? KmToRoad);

/// <summary>A critical site inside a zone, how far from the station it lies, and whom it holds where that is known.</summary>
public sealed record SiteInside(string Name, string Kind, double Km, long? Capacity);

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

/// <summary>What a satellite or another raster shows of an area, in one of its classes.</summary>
/// <param name="Coverage">The raster.</param>
/// <param name="Class">Which of its classes, from 0.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Quantity">What the raster's values are.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Time">When it looked.</param>
/// <param name="Share">Share of the area in the class, 0 to 1.</param>
/// <param name="LookedAt">Share of the area inside the raster's outline, 0 to 1; beyond it nothing is known.</param>
/// <param name="SeenShare">Share of the whole raster's pixels that carry a value: clouds carry none.</param>
/// <param name="Exercise">It belongs to a drill.</param>
public sealed record SeenInside(Guid Coverage, int Class, string Name, CoverageQuantity Quantity, string Source, DateTimeOffset Time, double Share, double LookedAt, double SeenShare, bool Exercise);

/// <summary>A raster's class with who and what lies in it.</summary>
public sealed record ExtentDetail(
    Guid Coverage, int Class, string Name, CoverageQuantity Quantity, string Unit, string Source, string Credit, DateTimeOffset Time, DateTimeOffset ReceivedAt, double SquareKilometres, int Coarsening, double SeenShare,
    bool Exercise, long People, IReadOnlyList<ExposedPlace> Places, IReadOnlyList<ExposedSite> Sites, IReadOnlyList<AffectedUnit> Units, IReadOnlyList<string> Assumptions, IReadOnlyList<ExposedRoad>? Roads, Vulnerability? Vulnerability);

/// <summary>A place found by name (<c>Place</c>).</summary>
public sealed record PlaceView(string Id, string Name, string Country, string Admin1, double Lon, double Lat, long Population);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ZoneView))]
[JsonSerializable(typeof(ZoneDetail))]
[JsonSerializable(typeof(ExtentDetail))]
[JsonSerializable(typeof(ExposureCount))]
[JsonSerializable(typeof(NeedsView))]
[JsonSerializable(typeof(IReadOnlyList<ExposureFile>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<PlaceView>))]
internal sealed partial class RiskJson : JsonSerializerContext;
