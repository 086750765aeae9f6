using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing.Reading;

namespace Resilience.Risk.Exposing;

/// <summary>Roads, searchable by area and by distance. Immutable and thread-safe.</summary>
internal sealed class RoadNet
{
    /// <summary>Long roads are indexed in pieces of so many corners: a national road crosses every rectangle of its country.</summary>
    private const int PieceCorners = 64;

    /// <summary>Looked for in ever wider rectangles; farther roads are "farther than the last".</summary>
    private static readonly double[] SearchKm = [3, 30, 300];

    private readonly STRtree<Road> _pieces = new(16);

    internal RoadNet(IEnumerable<Road> roads)
    {
        foreach (var piece in roads.SelectMany(Pieces))
        {
            _pieces.Insert(piece.Line.EnvelopeInternal, piece);
            IsEmpty = false;
        }

        _pieces.Build();
    }

    internal bool IsEmpty { get; } = true;

    /// <summary>Roads inside the area, longest first; what is shorter than 50 m is left out.</summary>
    internal IReadOnlyList<ExposedRoad> Inside(Geometry area)
    {
        var prepared = PreparedGeometryFactory.Prepare(area);
        return
        [
            .. _pieces.Query(area.EnvelopeInternal)
                .Select(piece => (piece.Name, piece.Class, Km: KmInside(area, prepared, piece.Line)))
                .GroupBy(piece => (piece.Name, piece.Class))
                .Select(road => new ExposedRoad(road.Key.Name, road.Key.Class, Math.Round(road.Sum(piece => piece.Km), 1)))
                .Where(road => road.Km > 0)
                .OrderByDescending(road => road.Km).ThenBy(road => road.Name, StringComparer.Ordinal).ThenBy(road => road.Class, StringComparer.Ordinal),
        ];
    }

    /// <summary>Kilometres in a straight line to the nearest road, rounded to 0.1 km; 300 when there is none so near.</summary>
    internal double KmFrom(Coordinate at)
    {
        foreach (var km in SearchKm)
        {
            var box = new Envelope(at);
            box.ExpandBy(km / 111 / Math.Max(0.05, Math.Cos(at.Y * Math.PI / 180)), km / 111);
            var nearest = _pieces.Query(box).Select(piece => Km(at, piece.Line)).DefaultIfEmpty(double.MaxValue).Min();
            if (nearest <= km)
            {
                return Math.Round(nearest, 1);
            }
        }

        return SearchKm[^1];
    }

    private static IEnumerable<Road> Pieces(Road road)
    {
        var corners = road.Line.Coordinates;
        for (var from = 0; from < corners.Length - 1; from += PieceCorners)
        {
            yield return road with { Line = Wgs84.Factory.CreateLineString(corners[from..Math.Min(corners.Length, from + PieceCorners + 1)]) };
        }
    }

    private static double KmInside(Geometry area, IPreparedGeometry prepared, LineString line) =>
        !prepared.Intersects(line) ? 0
        : prepared.Contains(line) ? Km(line)
        : Km(OverlayNGRobust.Overlay(area, line, SpatialFunction.Intersection));

    private static double Km(Geometry lines)
    {
        var metres = 0.0;
        for (var i = 0; i < lines.NumGeometries; i++)
        {
            var corners = lines.GetGeometryN(i).Coordinates;
            for (var corner = 1; corner < corners.Length; corner++)
            {
                metres += Wgs84.DistanceMetres(corners[corner - 1], corners[corner]);
            }
        }

        return metres / 1000;
    }

    // On a plane that touches the earth at the point: over 30 km that errs by less than the 0.1 km it is rounded to.
    private static double Km(Coordinate at, LineString line)
    {
        var east = Math.Cos(at.Y * Math.PI / 180);
        Coordinate Flat(Coordinate corner) => new((corner.X - at.X) * east, corner.Y - at.Y);
        var (origin, corners, nearest) = (new Coordinate(0, 0), line.Coordinates, double.MaxValue);
        for (var corner = 1; corner < corners.Length; corner++)
        {
            nearest = Math.Min(nearest, NetTopologySuite.Algorithm.DistanceComputer.PointToSegment(origin, Flat(corners[corner - 1]), Flat(corners[corner])));
        }

        return nearest * 111.195;
    }
}
