using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Risk.Exposing;

/// <summary>Who and what of an area belongs to one administrative unit.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Unit">The first-order division; empty where the gazetteer names none.</param>
/// <param name="People">People in its places inside.</param>
/// <param name="Places">Its places inside.</param>
/// <param name="Sites">Its critical sites inside.</param>
public sealed record AffectedUnit(string Country, string Unit, long People, int Places, int Sites);

/// <summary>
/// Splits what is exposed by administrative unit. A place belongs to the unit the gazetteer gives it; a site to that of the nearest place
/// within 50 km. No border is drawn, so none can be drawn wrongly.
/// </summary>
public static class AffectedUnits
{
    private const double SiteKm = 50;

    /// <summary>The units, most people first.</summary>
    public static IReadOnlyList<AffectedUnit> Of(ExposureCount exposed, Gazetteer gazetteer)
    {
        var places = exposed.Places.Select(place => (At: UnitOf(gazetteer, place.Longitude, place.Latitude, place.Id), place.People, Place: 1, Site: 0));
        var sites = exposed.Sites.Select(site => (At: UnitOf(gazetteer, site.Longitude, site.Latitude, null), People: 0L, Place: 0, Site: 1));
        return
        [
            .. places.Concat(sites).GroupBy(one => one.At)
                .Select(unit => new AffectedUnit(unit.Key.Country, unit.Key.Unit, unit.Sum(one => one.People), unit.Sum(one => one.Place), unit.Sum(one => one.Site)))
                .OrderByDescending(unit => unit.People).ThenBy(unit => unit.Country, StringComparer.Ordinal).ThenBy(unit => unit.Unit, StringComparer.Ordinal),
        ];
    }

    private static (string Country, string Unit) UnitOf(Gazetteer gazetteer, double longitude, double latitude, string? id)
    {
        var place = (id is null ? null : gazetteer.FindById(id)) ?? gazetteer.Nearest(new Coordinate(longitude, latitude), SiteKm);
        return (place?.CountryCode ?? "", place?.Admin1 ?? "");
    }
}
