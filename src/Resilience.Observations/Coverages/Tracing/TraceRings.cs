namespace Resilience.Observations.Coverages.Tracing;

/// <summary>One patch of pixels joined by their sides: its rings run along pixel edges, the outer counter-clockwise as seen on a map, holes clockwise.</summary>
/// <param name="Pixels">How many pixels.</param>
/// <param name="Rings">Corner points as column and row between pixels, not closed; the outer ring first.</param>
internal sealed record Patch(int Pixels, IReadOnlyList<(int Column, int Row)[]> Rings);

/// <summary>The pixels of a mask by patch, in the order of the patches' first pixels.</summary>
/// <param name="Labels">Row by row: the number of the patch, or -1.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Sizes">Pixels of each patch.</param>
/// <param name="Tops">First row of each.</param>
/// <param name="Bottoms">Row after the last of each.</param>
internal sealed record Labelled(int[] Labels, int Width, int Height, int[] Sizes, int[] Tops, int[] Bottoms);

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
        var labelled = Label(mask, width, height);
        return Of(labelled, [.. labelled.Sizes.Select(_ => true)]);
    }

    /// <summary>The patches that are to be kept.</summary>
    internal static List<Patch> Of(Labelled labelled, bool[] keep)
    {
        var (labels, sizes, width, height) = (labelled.Labels, labelled.Sizes, labelled.Width, labelled.Height);
        var rings = new List<(int, int)[]>[sizes.Length];
        var walked = new System.Collections.BitArray(labels.Length);
        var touched = new Dictionary<(int, int), int>();
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            // Every ring goes west somewhere, along the upper side of one of its patch's pixels.
            if (labels[pixel] < 0 || !keep[labels[pixel]] || walked[pixel] || (pixel >= width && labels[pixel - width] >= 0))
            {
                continue;
            }

            foreach (var ring in Split(Walk(labels, width, height, pixel, walked), touched))
            {
                (rings[labels[pixel]] ??= []).Add(ring);
            }
        }

        return [.. rings.Select((own, label) => (Own: own, Label: label)).Where(one => keep[one.Label]).Select(one => new Patch(sizes[one.Label], [.. one.Own!.OrderByDescending(DoubleArea)]))];
    }

    /// <summary>How many corners the rings of a mask have in all, without walking around any: a corner lies where one or three of four pixels belong, two where they belong across.</summary>
    internal static long Corners(ReadOnlySpan<bool> mask, int width, int height)
    {
        var corners = 0L;
        for (var row = 0; row <= height; row++)
        {
            var above = row == 0 ? default : mask.Slice((row - 1) * width, width);
            var below = row == height ? default : mask.Slice(row * width, width);
            var (a, c) = (false, false);
            for (var column = 0; column <= width; column++)
            {
                var b = column < width && !above.IsEmpty && above[column];
                var d = column < width && !below.IsEmpty && below[column];
                corners += a == b ? (c == d ? 0 : 1) : c == d ? 1 : a == c ? 0 : 2;
                (a, c) = (b, d);
            }
        }

        return corners;
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

    /// <summary>
    /// Tells the patches of a mask apart, row by row: a pixel belongs to its neighbour's patch in the west or the north, and where both have one, the two are one.
    /// Memory is walked in its order, which a raster like static, of millions of patches, needs to be told apart within a second.
    /// </summary>
    internal static Labelled Label(ReadOnlySpan<bool> mask, int width, int height)
    {
        var labels = new int[width * height];
        var (joined, found) = (new int[1024], 0);
        for (var pixel = 0; pixel < labels.Length;)
        {
            var west = -1;
            for (var end = pixel + width; pixel < end; pixel++)
            {
                if (!mask[pixel])
                {
                    labels[pixel] = west = -1;
                    continue;
                }

                var north = pixel >= width ? labels[pixel - width] : -1;
                if (west < 0 && north < 0)
                {
                    if (found == joined.Length)
                    {
                        Array.Resize(ref joined, joined.Length * 2);
                    }

                    joined[found] = found;
                    west = found++;
                }
                else if (west < 0 || north < 0 || west == north)
                {
                    west = Math.Max(west, north);
                }
                else
                {
                    west = Join(joined, west, north);
                }

                labels[pixel] = west;
            }
        }

        // The first of those that are one has the lowest number, so each points to one that is final by then.
        var patches = 0;
        for (var label = 0; label < found; label++)
        {
            joined[label] = joined[label] == label ? patches++ : joined[joined[label]];
        }

        var (sizes, tops, bottoms) = (new int[patches], new int[patches], new int[patches]);
        for (var (pixel, row) = (0, 0); row < height; row++)
        {
            for (var end = pixel + width; pixel < end; pixel++)
            {
                if (labels[pixel] >= 0)
                {
                    var label = labels[pixel] = joined[labels[pixel]];
                    tops[label] = sizes[label]++ == 0 ? row : tops[label];
                    bottoms[label] = row + 1;
                }
            }
        }

        return new Labelled(labels, width, height, sizes, tops, bottoms);
    }

    /// <summary>Makes two patches one and gives the lower of their numbers; ways there are halved as they are gone.</summary>
    private static int Join(int[] joined, int a, int b)
    {
        (a, b) = (First(joined, a), First(joined, b));
        var (low, high) = a < b ? (a, b) : (b, a);
        joined[high] = low;
        return low;
    }

    private static int First(int[] joined, int label)
    {
        while (joined[label] != label)
        {
            label = joined[label] = joined[joined[label]];
        }

        return label;
    }
}
