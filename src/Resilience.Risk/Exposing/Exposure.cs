using System.Globalization;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Union;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing.Reading;

namespace Resilience.Risk.Exposing;

/// <summary>
/// Counts who and what lies inside any area: people of a population grid where one is supplied, else of the gazetteer's places; critical sites,
/// roads, and how easily those inside are harmed. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Honest limits: a place is a point with a population, so it counts whole or not at all, scattered farms do not count, and a
/// place without a known population adds nobody. Sections of a city are left out because the city counts their people already.
/// What is not supplied is said (<see cref="LimitsOf"/>), never taken for nought.
/// </remarks>
public sealed class Exposure
{
    /// <summary>So far from any place an area belongs to no unit.</summary>
    private const double UnitKm = 50;

    private static readonly string[] ListsOneExpects = [SiteKinds.Hospital, SiteKinds.School, SiteKinds.Shelter, SiteKinds.Bridge];

    private readonly STRtree<GazetteerPlace> _places = new(16);
    private readonly STRtree<ExposedSite> _sites = new(16);
    private readonly RoadNet _roads;
    private readonly ExposureData _data;
    private readonly Dictionary<(string Country, string Unit), UnitVulnerability> _units;
    private readonly HashSet<CompleteList> _complete;

    /// <summary>Indexes places and what the exposure files hold; all may be empty.</summary>
    public Exposure(IEnumerable<GazetteerPlace> places, ExposureData data)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(data);
        foreach (var place in places.Where(place => place.IsPopulated && !place.IsSection))
        {
            _places.Insert(new Envelope(new Coordinate(place.Longitude, place.Latitude)), place);
        }

        foreach (var site in data.Sites)
        {
            _sites.Insert(new Envelope(new Coordinate(site.Longitude, site.Latitude)), site);
        }

        _places.Build();
        _sites.Build();
        _roads = new RoadNet(data.Roads);
        _units = data.Units.ToDictionary(unit => (unit.Country, unit.Unit));
        _complete = [.. data.Complete];
        _data = data;
    }

    /// <summary>What the files hold, and how each was read.</summary>
    public ExposureData Data => _data;

    /// <summary>
    /// Who and what lies inside the polygons of the geometry (longitude and latitude, as drawn on a plane; the border belongs to
    /// the inside). Overlapping polygons count once; points and lines contain nobody.
    /// </summary>
    public ExposureCount PeopleWithin(Geometry area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var polygons = Polygons(area);
        var places = PlacesInside(polygons);
        var sites = Inside(polygons, _sites, site => new Coordinate(site.Longitude, site.Latitude), site => site.Id);
        var people = (long)Math.Round(_data.Grids.Sum(grid => grid.Within(polygons).People))
            + places.Where(place => !IsGridded(place)).Sum(place => place.Population);
        var exposed = places.Select(place => new ExposedPlace(place.Id, place.Name, place.Population, place.Longitude, place.Latitude)
        {
            KmToRoad = IsComplete(CompleteList.Roads, UnitOf(place)) ? _roads.KmFrom(new Coordinate(place.Longitude, place.Latitude)) : null,
        }).ToList();
        return new ExposureCount(
            people,
            [.. exposed.OrderByDescending(place => place.People).ThenBy(place => place.Id, StringComparer.Ordinal)],
            [.. sites.OrderBy(site => site.Name, StringComparer.Ordinal).ThenBy(site => site.Id, StringComparer.Ordinal)])
        {
            Roads = RoadsInside(area, polygons, places),
            Vulnerability = VulnerabilityOf(people, area, places, exposed),
        };
    }

    /// <summary>The sentences one must know before trusting what is counted inside an area.</summary>
    public IReadOnlyList<string> LimitsOf(Geometry area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var said = new List<string>();
        var polygons = Polygons(area);
        var grids = _data.Grids.Select(grid => (grid.Name, grid.Frame, Count: grid.Within(polygons))).Where(grid => grid.Count.Cells > grid.Count.Unknown).ToList();
        if (grids.Count > 0)
        {
            said.Add($"People are those of the population grid {string.Join(", ", grids.Select(grid => grid.Name))}: a cell counts whole when its middle lies inside.");
        }

        if (!grids.Exists(grid => grid.Frame.Covers(area.EnvelopeInternal) && grid.Count.Unknown == 0))
        {
            said.Add($"{(grids.Count > 0 ? "Where the grid has no value people" : "People")} are those of the gazetteer's places inside; scattered farms, travellers and places without a known population are not counted.");
        }

        var units = UnitsOf(area, PlacesInside(polygons)).Select(unit => unit.Unit).ToList();
        var missing = ListsOneExpects.Where(kind => units.Count == 0 || !units.TrueForAll(unit => IsComplete(kind, unit)))
            .Select(kind => $"{kind.ToLowerInvariant()}s").Concat(units.Count > 0 && units.TrueForAll(unit => IsComplete(CompleteList.Roads, unit)) ? [] : ["roads"]).ToList();
        if (missing.Count > 0)
        {
            said.Add($"No list that calls itself complete here is supplied of {string.Join(", ", missing)}: none inside says nothing.");
        }

        if (_data.Files.Sum(file => file.Refused.Sum(refused => refused.Count)) is > 0 and var refused)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{refused:N0} items of the exposure files could not be used; what they describe is missing here."));
        }

        return said;
    }

    /// <summary>The populated places in a rectangle, in no order.</summary>
    internal IEnumerable<GazetteerPlace> PlacesIn(Envelope box) => _places.Query(box);

    private static List<Polygon> Polygons(Geometry area) => [.. PolygonExtracter.GetPolygons(area).Cast<Polygon>().Where(polygon => !polygon.IsEmpty)];

    private static (string Country, string Unit) UnitOf(GazetteerPlace place) => (place.CountryCode, place.Admin1);

    private static T[] Inside<T>(IReadOnlyList<Polygon> polygons, STRtree<T> tree, Func<T, Coordinate> at, Func<T, string> id)
    {
        var found = new Dictionary<string, T>();
        foreach (var polygon in polygons)
        {
            var inside = new IndexedPointInAreaLocator(polygon);
            foreach (var one in tree.Query(polygon.EnvelopeInternal).Where(one => inside.Locate(at(one)) != Location.Exterior))
            {
                found[id(one)] = one;
            }
        }

        return [.. found.Values];
    }

    /// <summary>The ground of the polygons, fit for cutting lines with: what crosses itself is mended first, overlaps are joined.</summary>
    private static Geometry Joined(List<Polygon> polygons)
    {
        var mended = polygons.ConvertAll(polygon => polygon.IsValid ? polygon : GeometryFixer.Fix(polygon));
        return mended.Count == 1 ? mended[0] : UnaryUnionOp.Union(mended) ?? Wgs84.Factory.CreatePolygon();
    }

    private GazetteerPlace[] PlacesInside(IReadOnlyList<Polygon> polygons) =>
        Inside(polygons, _places, place => new Coordinate(place.Longitude, place.Latitude), place => place.Id);

    private bool IsGridded(GazetteerPlace place) => _data.Grids.Any(grid => grid.Knows(place.Longitude, place.Latitude));

    private bool IsComplete(string kind, (string Country, string Unit) unit) =>
        _complete.Contains(new CompleteList(kind, unit.Country, "")) || _complete.Contains(new CompleteList(kind, unit.Country, unit.Unit));

    private IReadOnlyList<ExposedRoad>? RoadsInside(Geometry area, List<Polygon> polygons, IReadOnlyCollection<GazetteerPlace> places)
    {
        if (_roads.IsEmpty || polygons.Count == 0)
        {
            return null;
        }

        var roads = _roads.Inside(area is IPolygonal && area.IsValid ? area : Joined(polygons));
        return roads.Count > 0 || UnitsOf(area, places) is { Count: > 0 } units && units.TrueForAll(unit => IsComplete(CompleteList.Roads, unit.Unit)) ? roads : null;
    }

    /// <summary>The units of an area with their weights: of the places inside by their people, without any the nearest place's.</summary>
    private List<((string Country, string Unit) Unit, double Weight)> UnitsOf(Geometry area, IReadOnlyCollection<GazetteerPlace> places)
    {
        if (places.Count == 0)
        {
            return area.IsEmpty || NearestPlace(area.InteriorPoint.Coordinate) is not { } nearest ? [] : [(UnitOf(nearest), 1)];
        }

        var anybody = places.Any(place => place.Population > 0);
        return [.. places.GroupBy(UnitOf).Select(unit => (unit.Key, anybody ? unit.Sum(place => (double)place.Population) : unit.Count()))];
    }

    private GazetteerPlace? NearestPlace(Coordinate at)
    {
        var box = new Envelope(at);
        box.ExpandBy(UnitKm / 111 / Math.Max(0.05, Math.Cos(at.Y * Math.PI / 180)), UnitKm / 111);
        return _places.Query(box).MinBy(place => Wgs84.DistanceMetres(at, new Coordinate(place.Longitude, place.Latitude)));
    }

    private Vulnerability? VulnerabilityOf(long people, Geometry area, IReadOnlyCollection<GazetteerPlace> places, IReadOnlyList<ExposedPlace> exposed)
    {
        var near = exposed.Where(place => place.KmToRoad is not null && place.People > 0).ToList();
        if (_units.Count == 0 && near.Count == 0)
        {
            return null;
        }

        var rows = UnitsOf(area, places)
            .Select(unit => (unit.Weight, Row: _units.GetValueOrDefault(unit.Unit) ?? _units.GetValueOrDefault((unit.Unit.Country, ""))))
            .Where(unit => unit.Row is not null).Select(unit => (unit.Weight, unit.Row!)).ToList();
        double? far = near.Count == 0 ? null : (double)near.Where(place => place.KmToRoad > ScoreVulnerability.FarFromRoadKm).Sum(place => place.People) / near.Sum(place => place.People);
        return ScoreVulnerability.Of(people, rows, far);
    }
}
