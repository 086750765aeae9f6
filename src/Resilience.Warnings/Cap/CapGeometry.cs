using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Precision;
using Resilience.Core.Cap;
using Resilience.Core.Geography;

namespace Resilience.Warnings.Cap;

/// <summary>Between our geometries and CAP's rings, which know no holes.</summary>
internal static class CapGeometry
{
    /// <summary>5 decimals, about a metre: finer would feign knowledge and swell every message.</summary>
    private static readonly PrecisionModel Grid = new(100_000);

    /// <summary>No area at all. Not an empty polygon: NTS gives that a third dimension, which PostGIS refuses.</summary>
    internal static Geometry Nowhere => Wgs84.Factory.CreateMultiPolygon();

    /// <summary>
    /// The area as it can be sent: on a grid of about a metre, a polygon or several, none with a hole (a polygon with a hole is cut
    /// through it: the same area in more pieces, never a filled hole). Empty when nothing polygonal is left.
    /// </summary>
    internal static Geometry ToSendable(Geometry area)
    {
        var onGrid = area.IsEmpty || !area.IsValid ? area : GeometryPrecisionReducer.Reduce(area, Grid);
        var pieces = PolygonExtracter.GetPolygons(onGrid).Cast<Polygon>().Where(p => !p.IsEmpty)
            .SelectMany(polygon => polygon.IsValid ? CutThroughHoles(polygon) : [polygon])
            .Select(Normal).ToArray();
        return pieces.Length == 1 ? pieces[0] : Wgs84.Factory.CreateMultiPolygon(pieces);
    }

    /// <summary>One ring per polygon, counter-clockwise, closed. The area must be <see cref="ToSendable"/>.</summary>
    internal static IReadOnlyList<IReadOnlyList<Coordinate>> RingsOf(Geometry area) =>
        [.. PolygonExtracter.GetPolygons(area).Cast<Polygon>().Select(polygon => polygon.NumInteriorRings == 0
            ? (IReadOnlyList<Coordinate>)polygon.ExteriorRing.Coordinates
            : throw new ArgumentException("CAP cannot say a polygon with a hole.", nameof(area)))];

    /// <summary>True when a closed ring encloses an area without crossing itself.</summary>
    internal static bool IsSimple(IReadOnlyList<Coordinate> ring) => Wgs84.Factory.CreatePolygon([.. ring]).IsValid;

    /// <summary>The union of an area's polygons and circles; empty when it has neither. Circles become 64-gons.</summary>
    internal static Geometry AreaOf(IEnumerable<CapArea> areas)
    {
        var parts = new List<Geometry>();
        foreach (var area in areas)
        {
            parts.AddRange(area.Polygons.Select(ring => (Geometry)Wgs84.Factory.CreatePolygon([.. ring])));
            parts.AddRange(area.Circles.Select(circle => circle.RadiusKm > 0
                ? (Geometry)Wgs84.Circle(new Coordinate(circle.Longitude, circle.Latitude), circle.RadiusKm * 1000)
                : Wgs84.Point(circle.Longitude, circle.Latitude)));
        }

        return parts.Count switch { 0 => Wgs84.Factory.CreatePolygon(), 1 => parts[0], _ => NetTopologySuite.Operation.Union.UnaryUnionOp.Union(parts) };
    }

    /// <summary>The area's share of the Earth's surface, 0 to 1, on the sphere.</summary>
    internal static double ShareOfEarth(Geometry area)
    {
        // The ring integral of longitude over sin(latitude) gives the area on the unit sphere; 4π is the whole.
        var sum = 0.0;
        foreach (var polygon in PolygonExtracter.GetPolygons(area).Cast<Polygon>())
        {
            sum += Math.Abs(Integral(polygon.ExteriorRing)) - polygon.InteriorRings.Sum(hole => Math.Abs(Integral(hole)));
        }

        return sum / (4 * Math.PI);
    }

    private static double Integral(LineString ring)
    {
        var (c, sum) = (ring.Coordinates, 0.0);
        for (var i = 0; i + 1 < c.Length; i++)
        {
            sum += Radians(c[i + 1].X - c[i].X) * (2 + Math.Sin(Radians(c[i].Y)) + Math.Sin(Radians(c[i + 1].Y))) / 2;
        }

        return sum;
    }

    private static IEnumerable<Polygon> CutThroughHoles(Polygon polygon)
    {
        if (polygon.NumInteriorRings == 0)
        {
            return [polygon];
        }

        var box = polygon.EnvelopeInternal;
        var x = polygon.GetInteriorRingN(0).EnvelopeInternal.Centre.X;
        var west = Wgs84.Factory.ToGeometry(new Envelope(box.MinX, x, box.MinY, box.MaxY));
        var east = Wgs84.Factory.ToGeometry(new Envelope(x, box.MaxX, box.MinY, box.MaxY));
        return new[] { west, east }.SelectMany(half => PolygonExtracter.GetPolygons(polygon.Intersection(half)).Cast<Polygon>()).SelectMany(CutThroughHoles);
    }

    private static Polygon Normal(Polygon polygon)
    {
        var ring = polygon.ExteriorRing.Coordinates;
        return Wgs84.Factory.CreatePolygon(ring.Length >= 4 && !Orientation.IsCCW(ring) ? [.. ring.Reverse()] : ring);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
