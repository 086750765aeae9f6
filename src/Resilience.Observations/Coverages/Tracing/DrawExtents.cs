using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using Resilience.Core.Geography;
using Resilience.Observations.Coverages.Reading;

namespace Resilience.Observations.Coverages.Tracing;

/// <summary>The area of one class.</summary>
/// <param name="Area">A MultiPolygon in longitude and latitude; null when no pixel reaches the class.</param>
/// <param name="SquareKilometres">Size of all its pixels, those of left-out patches not counted.</param>
/// <param name="Coarsening">Pixels a side that were joined to one; 1: exact.</param>
internal sealed record Extent(MultiPolygon? Area, double SquareKilometres, int Coarsening);

/// <summary>From classified pixels to areas on the earth.</summary>
internal static class DrawExtents
{
    /// <summary>More corners than this make a browser stutter; the grid is then coarsened, and said to be.</summary>
    internal const int MostCorners = 20_000;

    /// <summary>The areas of the mapping's classes, in their order.</summary>
    internal static IReadOnlyList<Extent> Of(ClassGrid grid, GeoReference place, CoverageMapping mapping, CancellationToken cancellationToken)
    {
        var nested = mapping.Classes[0].AtLeast is not null;
        var sizes = Enumerable.Range(0, grid.Height).Select(row => place.SquareKilometresOfPixel(row, grid.Width)).ToArray();
        var coarse = new Dictionary<int, ClassGrid>(); // the same for every class
        return [.. mapping.Classes.Select((_, index) => Of(grid, coarse, place, sizes, index + 1, nested, mapping.LeastSquareKilometres, cancellationToken))];
    }

    /// <summary>The raster's outline: a Polygon, or a MultiPolygon where it crosses the antimeridian.</summary>
    internal static Geometry Frame(ClassGrid grid, GeoReference place)
    {
        // Some points on each side, because a straight side of a projected raster is no straight line in degrees.
        const int parts = 16;
        var ring = new List<Coordinate>();
        for (var part = 0; part < 4 * parts; part++)
        {
            var along = part % parts / (double)parts;
            var (column, row) = (part / parts) switch
            {
                0 => (0, along),
                1 => (along, 1.0),
                2 => (1.0, 1 - along),
                _ => (1 - along, 0.0),
            };
            ring.Add(place.At(column * grid.Width, row * grid.Height));
        }

        ring.Add(ring[0].Copy());
        return WithinTheWorld(Wgs84.Factory.CreatePolygon([.. ring]));
    }

    // Corners are counted before anything is traced: a raster like static would else be traced in full only to be thrown away.
    private static Extent Of(ClassGrid grid, Dictionary<int, ClassGrid> coarser, GeoReference place, double[] sizes, int code, bool nested, double least, CancellationToken cancellationToken)
    {
        var factor = 1;
        var drawn = grid;
        var mask = Mask(grid, code, nested);
        var patches = least > 0 ? TraceRings.Label(mask, grid.Width, grid.Height) : null;
        var keep = Keep(patches, sizes, least, mask);
        var square = patches is not null ? Enumerable.Range(0, patches.Sizes.Length).Where(label => keep[label]).Sum(label => SizeOf(patches, label, sizes)) : SizeOf(grid, code, nested, sizes);
        while (TraceRings.Corners(mask, drawn.Width, drawn.Height) > MostCorners)
        {
            cancellationToken.ThrowIfCancellationRequested();
            factor *= 2;
            drawn = coarser.TryGetValue(factor, out var made) ? made : coarser[factor] = grid.Coarsen(factor, nested);
            mask = Mask(drawn, code, nested);
            var coarse = sizes.Where((_, row) => row % factor == 0).Select(size => size * factor * factor).ToArray();
            patches = least > 0 ? TraceRings.Label(mask, drawn.Width, drawn.Height) : null;
            keep = Keep(patches, coarse, least, mask);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var kept = patches is null ? TraceRings.Of(mask, drawn.Width, drawn.Height) : TraceRings.Of(patches, keep);
        var polygons = kept.Select(patch => Polygon(patch, place, factor, grid)).SelectMany(polygon => PolygonExtracter.GetPolygons(WithinTheWorld(polygon))).Cast<Polygon>().ToArray();
        return new Extent(polygons.Length == 0 ? null : Wgs84.Factory.CreateMultiPolygon(polygons), square, factor);
    }

    private static bool[] Mask(ClassGrid grid, int code, bool nested)
    {
        var mask = new bool[grid.Codes.Length];
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            mask[pixel] = grid.Codes[pixel] is not ClassGrid.NotSeen and var own && (nested ? own >= code : own == code);
        }

        return mask;
    }

    // Which patches are large enough; the pixels of the others leave the mask.
    private static bool[] Keep(Labelled? patches, double[] sizes, double least, bool[] mask)
    {
        if (patches is null)
        {
            return [];
        }

        var keep = new bool[patches.Sizes.Length];
        for (var label = 0; label < keep.Length; label++)
        {
            keep[label] = SizeOf(patches, label, sizes) >= least;
        }

        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            mask[pixel] = mask[pixel] && keep[patches.Labels[pixel]];
        }

        return keep;
    }

    // The rows a patch spans differ in size only by latitude: its middle row stands for all.
    private static double SizeOf(Labelled patches, int label, double[] sizes) => patches.Sizes[label] * sizes[Math.Min((patches.Tops[label] + patches.Bottoms[label]) / 2, patches.Height - 1)];

    private static double SizeOf(ClassGrid grid, int code, bool nested, double[] sizes)
    {
        var total = 0.0;
        for (var row = 0; row < grid.Height; row++)
        {
            var pixels = 0;
            foreach (var own in grid.Codes.AsSpan(row * grid.Width, grid.Width))
            {
                pixels += own != ClassGrid.NotSeen && (nested ? own >= code : own == code) ? 1 : 0;
            }

            total += pixels * sizes[row];
        }

        return total;
    }

    // The last block of a coarsened grid may reach beyond the raster; its corners are drawn at the raster's edge.
    private static Polygon Polygon(Patch patch, GeoReference place, int factor, ClassGrid grid)
    {
        LinearRing Ring((int Column, int Row)[] corners)
        {
            var points = new Coordinate[corners.Length + 1];
            for (var index = 0; index < corners.Length; index++)
            {
                points[index] = place.At(Math.Min(corners[index].Column * factor, grid.Width), Math.Min(corners[index].Row * factor, grid.Height));
            }

            points[^1] = points[0].Copy();
            return Wgs84.Factory.CreateLinearRing(points);
        }

        return Wgs84.Factory.CreatePolygon(Ring(patch.Rings[0]), [.. patch.Rings.Skip(1).Select(Ring)]);
    }

    // Rasters that count longitudes from 0 to 360 reach beyond 180: what lies there is cut off and drawn on the other side.
    private static Geometry WithinTheWorld(Polygon polygon)
    {
        var box = polygon.EnvelopeInternal;
        if (box.MinX >= -180 && box.MaxX <= 180)
        {
            return polygon;
        }

        var parts = new List<Polygon>();
        foreach (var turn in new[] { -360, 0, 360 })
        {
            var world = Wgs84.Factory.ToGeometry(new Envelope(-180 + turn, 180 + turn, -90, 90));
            if (box.Intersects(world.EnvelopeInternal))
            {
                var part = OverlayNG.Overlay(polygon, world, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection);
                parts.AddRange(PolygonExtracter.GetPolygons(new AffineTransformation(1, 0, -turn, 0, 1, 0).Transform(part)).Cast<Polygon>());
            }
        }

        return parts.Count == 1 ? parts[0] : Wgs84.Factory.CreateMultiPolygon([.. parts]);
    }
}
