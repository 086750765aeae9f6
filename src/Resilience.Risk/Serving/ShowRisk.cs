using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetTopologySuite.Geometries;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards.Cascading;
using Resilience.Hazards.Queries;
using Resilience.Observations.Queries;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Risk.Impact;

namespace Resilience.Risk.Serving;

/// <summary>GET <c>/risk/zones/{id}</c>, <c>/extents</c>, <c>/needs</c>, <c>/exposure</c> and <c>/places</c>.</summary>
internal static class ShowRisk
{
    private const int MostPlaces = 50;

    /// <summary>The nearest place tells the country of a gauge.</summary>
    private const double NearestKm = 200;

    /// <summary>Eight billion: more people than that cannot be displaced.</summary>
    private const long MostPeople = 8_000_000_000;

    internal static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/zones/{id:guid}", Zone).WithName("ShowZone").WithSummary("A risk zone with who and what is inside, and what was assumed.");
        group.MapGet("/extents/{coverage:guid}/{index:int}", Extent).WithName("ShowExtent").WithSummary("Who and what lies where a raster (a satellite image, a rain map) reaches one of its classes.");
        group.MapGet("/needs", Needs).WithName("MinimumNeeds").WithSummary("What so many displaced people need at least, after the Sphere Handbook, each figure with its source.");
        group.MapGet("/exposure", Files).WithName("ListExposureFiles").WithSummary("How each file of exposure and vulnerability was read: what is used, what could not be used and why.").RequireAuthorization(Roles.Coordinator);
        group.MapGet("/places", Places).WithName("SearchPlaces").WithSummary("Places whose name begins with a text; accents do not matter, the most populous first.");
    }

    private static async Task<JsonHttpResult<ZoneDetail>> Zone(Guid id, RiskQueries risk, HazardQueries hazards, ListArrivals arrivals, Gazetteer gazetteer, CoverageQueries coverages, DepthDamage damage, Remembered remembered, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var zone = await risk.FindAsync(id, cancellationToken)
            ?? throw new RefusalException("risk.no-zone", $"There is no risk zone {id}.", StatusCodes.Status404NotFound);
        var hazard = await hazards.GetAsync(zone.AssessmentId, cancellationToken);
        var station = hazard.Location is Point ? hazard.Location.Coordinate : hazard.Location.InteriorPoint.Coordinate;
        double Km(double longitude, double latitude) => Math.Round(Wgs84.DistanceMetres(station, new Coordinate(longitude, latitude)) / 1000, 1);
        var exposed = JsonSerializer.Deserialize(zone.Exposed, RiskJson.Default.ExposureCount)!;
        var damaged = zone.IsOfGauge ? damage.Of(hazard, gazetteer.Nearest(station, NearestKm)?.CountryCode ?? "") : null;
        return TypedResults.Json(
            new ZoneDetail(
                zone.Id, zone.Kind, zone.Severity, zone.Title, zone.Reason, zone.People, zone.Sites, zone.AssessmentId, zone.StationId, zone.Exercise,
                zone.Since, zone.Version, zone.Likelihood, zone.Impact, zone.Removed,
                [.. exposed.Places.Select(place => new PlaceInside(place.Name, place.People, Km(place.Longitude, place.Latitude), place.KmToRoad))],
                [.. SitesFor(user, exposed).Select(site => new SiteInside(site.Name, site.Kind, Km(site.Longitude, site.Latitude), site.Capacity))],
                JsonSerializer.Deserialize(zone.Assumptions, RiskJson.Default.IReadOnlyListString)!,
                zone.Removed || !zone.IsOfGauge ? null : await arrivals.OfAsync(zone.StationId, cancellationToken) is { Places.Count: > 0 } under ? under : null,
                AffectedUnits.Of(exposed, gazetteer), zone.IsRelayed ? null : MatrixView.Of(zone),
                new NeedsView(zone.People, "If all who live in the known places inside had to leave: the most there can be, not a forecast.", MinimumNeeds.Of(zone.People)),
                await SeenAsync(zone, coverages, remembered, cancellationToken), NotKnown(exposed, damaged),
                exposed.Roads, exposed.Vulnerability, damaged),
            RiskJson.Default.ZoneDetail);
    }

    private static IReadOnlyList<string> NotKnown(ExposureCount exposed, DamageView? damaged) =>
    [
        .. exposed.Vulnerability?.Indicators.Any(indicator => indicator.Key != ScoreVulnerability.FarFromRoads) == true
            ? Array.Empty<string>() : ["Age, illness and poverty of the people inside: no figures of these units are supplied."],
        damaged is null
            ? "Depth of water in homes: no model of the ground is carried, so no damage is computed."
            : "Depth of water in each home: no model of the ground is carried; the damage shown is that of a home where flooding begins.",
        "Which roads and bridges are closed: nobody reports them here.",
    ];

    private static async Task<IReadOnlyList<SeenInside>> SeenAsync(RiskZone zone, CoverageQueries coverages, Remembered remembered, CancellationToken cancellationToken)
    {
        var looking = await coverages.ListIdsLookingAtAsync(zone.Geometry, cancellationToken);
        return looking.Count == 0 ? [] : await remembered.AskAsync(
            (zone.Id, zone.Version, string.Join(' ', looking)),
            async () => SeeInside.Of(zone.Geometry, await coverages.ListAsync(looking, CancellationToken.None)));
    }

    private static async Task<JsonHttpResult<ExtentDetail>> Extent(Guid coverage, int index, CoverageQueries coverages, Exposure exposure, Gazetteer gazetteer, Remembered remembered, ClaimsPrincipal user)
    {
        var (detail, exposed) = await remembered.AskAsync((coverage, index), async () =>
        {
            var seen = await coverages.GetAsync(coverage, index, CancellationToken.None);
            var exposed = seen.Extent.Area is { } area ? exposure.PeopleWithin(area) : new ExposureCount(0, [], []);
            return (new ExtentDetail(
                coverage, index, seen.Extent.Name, seen.Coverage.Quantity, seen.Coverage.Unit, seen.Feed.Name, seen.Feed.Credit, seen.Coverage.PhenomenonTime, seen.Coverage.ReceivedAt,
                seen.Extent.SquareKilometres, seen.Extent.Coarsening, seen.Coverage.SeenShare, seen.Coverage.Exercise, exposed.People, exposed.Places, exposed.Sites,
                AffectedUnits.Of(exposed, gazetteer), SeeInside.Assumptions(seen, exposure), exposed.Roads, exposed.Vulnerability), exposed);
        });
        return TypedResults.Json(detail with { Sites = SitesFor(user, exposed) }, RiskJson.Default.ExtentDetail);
    }

    /// <summary>All are counted for everybody; where restricted ones stand only coordinators are told.</summary>
    private static IReadOnlyList<ExposedSite> SitesFor(ClaimsPrincipal user, ExposureCount exposed) =>
        user.IsInRole(Roles.Coordinator) ? exposed.Sites : [.. exposed.Sites.Where(site => !site.Restricted)];

    private static JsonHttpResult<IReadOnlyList<ExposureFile>> Files(Exposure exposure) => TypedResults.Json(exposure.Data.Files, RiskJson.Default.IReadOnlyListExposureFile);

    private static JsonHttpResult<NeedsView> Needs(long people) => people is >= 0 and <= MostPeople
        ? TypedResults.Json(new NeedsView(people, "For the number of displaced people asked for.", MinimumNeeds.Of(people)), RiskJson.Default.NeedsView)
        : throw new RefusalException("risk.no-such-number", "The parameter 'people' must be a whole number that is not negative.");

    private static JsonHttpResult<IReadOnlyList<PlaceView>> Places(Gazetteer gazetteer, string? q = null, int limit = 10) => TypedResults.Json<IReadOnlyList<PlaceView>>(
        [
            .. gazetteer.Search(q ?? "", Math.Clamp(limit, 1, MostPlaces)).Select(place => new PlaceView(
                place.Id, place.Name, place.CountryCode, place.Admin1, place.Longitude, place.Latitude, place.Population)),
        ],
        RiskJson.Default.IReadOnlyListPlaceView);
}
