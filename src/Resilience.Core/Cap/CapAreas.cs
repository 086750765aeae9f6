using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Union;
using Resilience.Core.Geography;

namespace Resilience.Core.Cap;

/// <summary>CAP's areas as geometry.</summary>
public static class CapAreas
{
    /// <summary>
    /// The union of polygons and circles. Circles are circles on the sphere (64 corners); rings that cross themselves are mended; areas
    /// across the antimeridian are cut there. Only points (circles of radius 0): those points. Null: neither.
    /// </summary>
    public static Geometry? Union(IEnumerable<CapArea> areas)
    {
        var parts = new List<Geometry>();
        var points = new List<Point>();
        foreach (var area in areas)
        {
            parts.AddRange(area.Polygons.Select(Antimeridian.AreaOf));
            parts.AddRange(area.Circles.Where(circle => circle.RadiusKm > 0).Select(circle => Antimeridian.Circle(new Coordinate(circle.Longitude, circle.Latitude), circle.RadiusKm * 1000)));
            points.AddRange(area.Circles.Where(circle => circle.RadiusKm <= 0).Select(circle => Wgs84.Point(circle.Longitude, circle.Latitude)));
        }

        return Union(parts) ?? (points.Count switch { 0 => null, 1 => points[0], _ => Wgs84.Factory.CreateMultiPoint([.. points]) });
    }

    /// <summary>The union of the polygons in the geometries; null when there is none.</summary>
    public static Geometry? Union(IEnumerable<Geometry> areas)
    {
        var polygons = areas.SelectMany(area => PolygonExtracter.GetPolygons(area)).Where(polygon => !polygon.IsEmpty).ToList();
        if (polygons.Count == 0)
        {
            return null;
        }

        var union = polygons.Count == 1 ? polygons[0] : UnaryUnionOp.Union(polygons);
        var pieces = PolygonExtracter.GetPolygons(union).Cast<Polygon>().Where(polygon => !polygon.IsEmpty).ToArray();
        return pieces.Length == 1 ? pieces[0] : Wgs84.Factory.CreateMultiPolygon(pieces);
    }
}
