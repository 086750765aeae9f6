using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Buffer;
using Resilience.Core.Geography;

namespace Resilience.Risk.Footprints;

/// <summary>
/// The area within so many metres of a line given in degrees: projected to metres around the line's middle, widened there, and
/// brought back.
/// </summary>
/// <remarks>
/// The projection is sinusoidal around the middle longitude, on the sphere of <see cref="Wgs84.EarthRadiusMetres"/>. Over 200 km at mid latitudes
/// distances are within 1 % of the great circle. Lines longer than 500 km or across the antimeridian are refused.
/// </remarks>
public static class Corridor
{
    /// <summary>The corridor, outer ring counter-clockwise.</summary>
    public static Geometry Around(IReadOnlyList<Coordinate> line, double metres)
    {
        ArgumentNullException.ThrowIfNull(line);
        var degrees = Wgs84.Factory.CreateLineString([.. line.Select(point => point.Copy())]);
        var box = degrees.EnvelopeInternal;
        var diagonal = Wgs84.DistanceMetres(new Coordinate(box.MinX, box.MinY), new Coordinate(box.MaxX, box.MaxY));
        if (box.Width > 180 || diagonal > 500_000)
        {
            throw new ArgumentOutOfRangeException(nameof(line), "The line is too long to widen on one plane, or crosses the antimeridian.");
        }

        var middle = box.Centre.X;
        var plane = new GeometryEditor().Edit(degrees, new Sinusoidal(middle, forward: true));
        var wide = plane.Buffer(metres, new BufferParameters(8, EndCapStyle.Round, JoinStyle.Round, 5));
        var back = new GeometryEditor(Wgs84.Factory).Edit(wide, new Sinusoidal(middle, forward: false));
        return RingOrder.Outward(back);
    }

    private sealed class Sinusoidal(double middle, bool forward) : GeometryEditor.CoordinateOperation
    {
        private const double MetresPerDegree = Wgs84.EarthRadiusMetres * Math.PI / 180;

        public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry) => Array.ConvertAll(coordinates, point => forward
            ? new Coordinate((point.X - middle) * Math.Cos(point.Y * Math.PI / 180) * MetresPerDegree, point.Y * MetresPerDegree)
            : Back(point.X, point.Y / MetresPerDegree));

        private Coordinate Back(double x, double latitude) => new(middle + (x / MetresPerDegree / Math.Cos(latitude * Math.PI / 180)), latitude);
    }
}

/// <summary>RFC 7946 ring order: outer rings counter-clockwise, holes clockwise.</summary>
public static class RingOrder
{
    /// <summary>The same area with its rings in that order; other geometries as they are.</summary>
    public static Geometry Outward(Geometry area) => area switch
    {
        Polygon polygon => Outward(polygon),
        MultiPolygon many => Wgs84.Factory.CreateMultiPolygon([.. many.Geometries.Cast<Polygon>().Select(Outward)]),
        _ => area,
    };

    private static Polygon Outward(Polygon polygon) => Wgs84.Factory.CreatePolygon(
        Turned(polygon.Shell, counterClockwise: true), [.. polygon.Holes.Select(hole => Turned(hole, counterClockwise: false))]);

    private static LinearRing Turned(LinearRing ring, bool counterClockwise)
    {
        var coordinates = ring.Coordinates;
        if (!ring.IsEmpty && Orientation.IsCCW(coordinates) != counterClockwise)
        {
            Array.Reverse(coordinates = [.. coordinates]);
        }

        return Wgs84.Factory.CreateLinearRing(coordinates);
    }
}
