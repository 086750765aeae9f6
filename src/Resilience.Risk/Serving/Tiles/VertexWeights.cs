namespace Resilience.Risk.Serving.Tiles;

/// <summary>
/// Weighs vertices once after Douglas and Peucker, so that thinning a line for any zoom is a comparison per vertex.
/// </summary>
internal static class VertexWeights
{
    internal static double[] Of(double[] x, double[] y)
    {
        var weights = new double[x.Length];
        if (x.Length == 0)
        {
            return weights;
        }

        weights[0] = weights[^1] = double.PositiveInfinity;
        var spans = new Stack<(int First, int Last, double Above)>();
        spans.Push((0, x.Length - 1, double.PositiveInfinity));
        while (spans.TryPop(out var span))
        {
            var (far, farthest) = (-1, 0.0);
            for (var i = span.First + 1; i < span.Last; i++)
            {
                var distance = SquaredDistance(x[i], y[i], x[span.First], y[span.First], x[span.Last], y[span.Last]);
                if (distance > farthest)
                {
                    (far, farthest) = (i, distance);
                }
            }

            if (far < 0)
            {
                continue;
            }

            // Never above the span it splits: what is thinned away first must not outlive what holds it.
            weights[far] = Math.Min(farthest, span.Above);
            spans.Push((span.First, far, weights[far]));
            spans.Push((far, span.Last, weights[far]));
        }

        return weights;
    }

    private static double SquaredDistance(double x, double y, double ax, double ay, double bx, double by)
    {
        double dx = bx - ax, dy = by - ay;
        if (dx != 0 || dy != 0)
        {
            var t = Math.Clamp((((x - ax) * dx) + ((y - ay) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
            (ax, ay) = (ax + (dx * t), ay + (dy * t));
        }

        (dx, dy) = (x - ax, y - ay);
        return (dx * dx) + (dy * dy);
    }
}
