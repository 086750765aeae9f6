namespace Resilience.Observations.Coverages.Tracing;

/// <summary>One patch of pixels joined by their sides: its rings run along pixel edges, the outer counter-clockwise as seen on a map, holes clockwise.</summary>
/// <param name="Pixels">How many pixels.</param>
/// <param name="Rings">Corner points as column and row between pixels, not closed; the outer ring first.</param>
internal sealed record Patch(int Pixels, IReadOnlyList<(int Column, int Row)[]> Rings);

/// <summary>
/// Finds the patches of a mask and walks around each. Pixels that touch at a corner only belong to different patches; where a patch touches
/// itself at a corner its ring is split there, so that every ring is simple as OGC Simple Features asks.
/// </summary>
internal static class TraceRings
{
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)]; // east, south, west, north; a left turn is one back

    private const int West = 2;

    /// <summary>The patches, in the order of their first pixel.</summary>
    internal static List<Patch> Of(ReadOnlySpan<bool> mask, int width, int height)
    {
        var (labels, sizes) = Label(mask, width, height);
        var rings = new List<(int, int)[]>[sizes.Length];
        var walked = new System.Collections.BitArray(labels.Length);
        var touched = new Dictionary<(int, int), int>();
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            // Every ring goes west somewhere, along the upper side of one of its patch's pixels.
            if (labels[pixel] < 0 || walked[pixel] || (pixel >= width && labels[pixel - width] >= 0))
            {
                continue;
            }

            foreach (var ring in Split(Walk(labels, width, height, pixel, walked), touched))
            {
                (rings[labels[pixel]] ??= []).Add(ring);
            }
        }

        return [.. rings.Select((own, label) => new Patch(sizes[label], [.. own!.OrderByDescending(DoubleArea)]))];
    }

    /// <summary>Twice the area a ring encloses in pixels: positive for an outer ring (rows run downwards).</summary>
    internal static long DoubleArea((int Column, int Row)[] ring)
    {
        var area = 0L;
        for (var (index, before) = (0, ring.Length - 1); index < ring.Length; before = index++)
        {
            area += ((long)ring[index].Column * ring[before].Row) - ((long)ring[before].Column * ring[index].Row);
        }

        return area;
    }

    // The patch lies on the left. At a corner where only the two far pixels of a diagonal belong, it turns left: they stay apart.
    private static List<(int Column, int Row)> Walk(int[] labels, int width, int height, int start, System.Collections.BitArray walked)
    {
        bool Inside(int column, int row) => (uint)column < (uint)width && (uint)row < (uint)height && labels[(row * width) + column] >= 0;
        var (column, row, heading) = ((start % width) + 1, start / width, West);
        var first = (column, row);
        var corners = new List<(int, int)>();
        do
        {
            if (heading == West)
            {
                walked[(row * width) + column - 1] = true;
            }

            (column, row) = (column + Steps[heading].X, row + Steps[heading].Y);
            var (leftColumn, leftRow, rightColumn, rightRow) = heading switch
            {
                0 => (column, row - 1, column, row),
                1 => (column, row, column - 1, row),
                West => (column - 1, row, column - 1, row - 1),
                _ => (column - 1, row - 1, column, row - 1),
            };
            var turn = !Inside(leftColumn, leftRow) ? 3 : Inside(rightColumn, rightRow) ? 1 : 0;
            if (turn != 0)
            {
                corners.Add((column, row));
                heading = (heading + turn) % 4;
            }
        }
        while ((column, row) != first || heading != West);

        return corners;
    }

    // A ring that meets itself is cut there into simple ones.
    private static IEnumerable<(int, int)[]> Split(List<(int, int)> corners, Dictionary<(int, int), int> seen)
    {
        seen.Clear();
        var open = new List<(int, int)>(corners.Count);
        foreach (var corner in corners)
        {
            if (seen.TryGetValue(corner, out var at))
            {
                var loop = open[at..].ToArray();
                foreach (var point in loop.AsSpan(1))
                {
                    seen.Remove(point);
                }

                open.RemoveRange(at + 1, open.Count - at - 1);
                yield return loop;
            }
            else
            {
                seen[corner] = open.Count;
                open.Add(corner);
            }
        }

        yield return [.. open];
    }

    private static (int[] Labels, int[] Sizes) Label(ReadOnlySpan<bool> mask, int width, int height)
    {
        var labels = new int[width * height];
        Array.Fill(labels, -1);
        var sizes = new List<int>();
        var waiting = new Stack<int>();
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            if (!mask[pixel] || labels[pixel] >= 0)
            {
                continue;
            }

            var (label, size) = (sizes.Count, 0);
            labels[pixel] = label;
            waiting.Push(pixel);
            while (waiting.TryPop(out var next))
            {
                size++;
                var column = next % width;
                if (column > 0)
                {
                    Visit(mask, next - 1);
                }

                if (column < width - 1)
                {
                    Visit(mask, next + 1);
                }

                if (next >= width)
                {
                    Visit(mask, next - width);
                }

                if (next < labels.Length - width)
                {
                    Visit(mask, next + width);
                }
            }

            sizes.Add(size);

            void Visit(ReadOnlySpan<bool> mask, int neighbour)
            {
                if (mask[neighbour] && labels[neighbour] < 0)
                {
                    labels[neighbour] = label;
                    waiting.Push(neighbour);
                }
            }
        }

        return (labels, [.. sizes]);
    }
}
