using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;
using Resilience.Core.Geography;

namespace Resilience.Risk.Exposing;

/// <summary>
/// Counts who and what lies inside any area, from the gazetteer's places and the critical sites. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Honest limits: a place is a point with a population, so it counts whole or not at all, scattered farms do not count, and a
/// place without a known population adds nobody. Sections of a city are left out because the city counts their people already.
/// </remarks>
public sealed class Exposure
{
    private readonly STRtree<GazetteerPlace> _places = new(16);
    private readonly STRtree<ExposedSite> _sites = new(16);

    /// <summary>Indexes places and sites; both may be empty.</summary>
    public Exposure(IEnumerable<GazetteerPlace> places, IEnumerable<ExposedSite> sites)
    {
        foreach (var place in places.Where(place => place.IsPopulated && !place.IsSection))
        {
            _places.Insert(new Envelope(new Coordinate(place.Longitude, place.Latitude)), place);
        }

        foreach (var site in sites)
        {
            _sites.Insert(new Envelope(new Coordinate(site.Longitude, site.Latitude)), site);
        }

        _places.Build();
        _sites.Build();
    }

    /// <summary>
    /// Who and what lies inside the polygons of the geometry (longitude and latitude, as drawn on a plane; the border belongs to
    /// the inside). Overlapping polygons count once; points and lines contain nobody.
    /// </summary>
    public ExposureCount PeopleWithin(Geometry area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var places = new Dictionary<string, ExposedPlace>();
        var sites = new Dictionary<string, ExposedSite>();
        foreach (var polygon in PolygonExtracter.GetPolygons(area).Cast<Polygon>().Where(polygon => !polygon.IsEmpty))
        {
            var inside = new IndexedPointInAreaLocator(polygon);
            foreach (var place in _places.Query(polygon.EnvelopeInternal))
            {
                if (inside.Locate(new Coordinate(place.Longitude, place.Latitude)) != Location.Exterior)
                {
                    places[place.Id] = new ExposedPlace(place.Id, place.Name, place.Population, place.Longitude, place.Latitude);
                }
            }

            foreach (var site in _sites.Query(polygon.EnvelopeInternal))
            {
                if (inside.Locate(new Coordinate(site.Longitude, site.Latitude)) != Location.Exterior)
                {
                    sites[site.Id] = site;
                }
            }
        }

        return new ExposureCount(
            places.Values.Sum(place => place.People),
            [.. places.Values.OrderByDescending(place => place.People).ThenBy(place => place.Id, StringComparer.Ordinal)],
            [.. sites.Values.OrderBy(site => site.Name, StringComparer.Ordinal).ThenBy(site => site.Id, StringComparer.Ordinal)]);
    }

    /// <summary>The populated places in a rectangle, in no order.</summary>
    internal IEnumerable<GazetteerPlace> PlacesIn(Envelope box) => _places.Query(box);
}
