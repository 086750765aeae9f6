using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Resilience.Core.Geography;

/// <summary>Areas across the antimeridian or around a pole, as polygons between -180° and 180°.</summary>
public static class Antimeridian
{
    /// <summary>A ring that crosses itself is mended up to so many corners; mending takes the square of them. With more it becomes its convex hull, which leaves nobody out.</summary>
    public const int MostMended = 500;

    /// <summary>
    /// The area of a closed ring whose longitudes may jump by a whole turn: a step of more than 180° is the short way across the
    /// antimeridian. A ring that crosses itself is mended (see <see cref="MostMended"/>). Empty when nothing is enclosed.
    /// </summary>
    public static Geometry AreaOf(IReadOnlyList<Coordinate> ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var unwrapped = new Coordinate[ring.Count];
        var turn = 0.0;
        for (var i = 0; i < ring.Count; i++)
        {
            turn += i == 0 ? 0 : (ring[i].X - ring[i - 1].X) switch { > 180 => -360, < -180 => 360, _ => 0 };
            unwrapped[i] = new Coordinate(ring[i].X + turn, ring[i].Y);
        }

        // A ring that has gone once around the Earth is no polygon on the plane; as written it is the best there is.
        return ring.Count < 4 ? Wgs84.Factory.CreatePolygon() : Split(turn == 0 ? unwrapped : [.. ring.Select(c => c.Copy())]);
    }

    /// <summary>A circle on the sphere (radius in metres, above 0), cut at the antimeridian; around a pole the cap down to its lowest latitude.</summary>
    public static Geometry Circle(Coordinate centre, double radiusMetres, int segments = 64)
    {
        ArgumentNullException.ThrowIfNull(centre);
        var arc = radiusMetres / Wgs84.EarthRadiusMetres * 180 / Math.PI;
        if (Math.Abs(centre.Y) + arc >= 90)
        {
            var edge = Math.Clamp(centre.Y > 0 ? centre.Y - arc : centre.Y + arc, -90, 90);
            return Wgs84.Factory.ToGeometry(new Envelope(-180, 180, edge, centre.Y > 0 ? 90 : -90));
        }

        var ring = new Coordinate[segments + 1];
        for (var i = 0; i < segments; i++)
        {
            ring[i] = Wgs84.Destination(centre, -360.0 * i / segments, radiusMetres);
            ring[i].X += (ring[i].X - centre.X) switch { > 180 => -360, < -180 => 360, _ => 0 };
        }

        ring[segments] = ring[0].Copy();
        return Split(ring);
    }

    private static Geometry Split(Coordinate[] ring)
    {
        Geometry area = Wgs84.Factory.CreatePolygon(ring);
        area = area.IsValid ? area : ring.Length <= MostMended ? GeometryFixer.Fix(area) : area.ConvexHull();
        var box = area.EnvelopeInternal;
        if (box.MinX >= -180 && box.MaxX <= 180)
        {
            return area;
        }

        var parts = new List<Geometry>();
        for (var turn = -2; turn <= 2; turn++)
        {
            var strip = area.Intersection(Wgs84.Factory.ToGeometry(new Envelope(-180 + (360 * turn), 180 + (360 * turn), -90, 90)));
            parts.AddRange(PolygonExtracter.GetPolygons(AffineTransformation.TranslationInstance(-360 * turn, 0).Transform(strip)));
        }

        return parts.Count == 1 ? parts[0] : Wgs84.Factory.CreateMultiPolygon([.. parts.Cast<Polygon>()]);
    }
}
