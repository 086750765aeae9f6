using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Basemap;

/// <summary>
/// The lines where two areas of one set meet: the edges that stand in two rings. Coasts stand in one ring only and are not borders, nor
/// is the cut at the antimeridian.
/// </summary>
internal static class SharedBorders
{
    internal static IEnumerable<Shape> Of(IReadOnlyList<RawFeature> areas, int fromZoom, int toZoom)
    {
        var rings = areas.SelectMany(area => area.Parts).SelectMany(part => part).ToList();
        var counts = new Dictionary<((double, double), (double, double)), int>();
        foreach (var ring in rings)
        {
            for (var i = 1; i < ring.Count; i++)
            {
                var edge = Edge(ring[i - 1], ring[i]);
                counts[edge] = counts.GetValueOrDefault(edge) + 1;
            }
        }

        foreach (var ring in rings)
        {
            var run = new List<(double, double)>();
            for (var i = 1; i < ring.Count; i++)
            {
                var edge = Edge(ring[i - 1], ring[i]);
                if (counts[edge] > 1)
                {
                    // Drawn once: the second ring finds it used up.
                    counts[edge] = 0;
                    run.AddRange(run.Count == 0 ? [ring[i - 1], ring[i]] : [ring[i]]);
                }
                else if (run.Count > 0)
                {
                    yield return Line(run, fromZoom, toZoom);
                    run = [];
                }
            }

            if (run.Count > 0)
            {
                yield return Line(run, fromZoom, toZoom);
            }
        }
    }

    private static Shape Line(List<(double, double)> run, int fromZoom, int toZoom) =>
        new(ShapeKind.Line, [ShapePath.FromDegrees(run)], [], 0, fromZoom, toZoom);

    private static ((double, double), (double, double)) Edge((double, double) a, (double, double) b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);
}
