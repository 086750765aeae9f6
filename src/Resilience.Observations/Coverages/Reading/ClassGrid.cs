namespace Resilience.Observations.Coverages.Reading;

/// <summary>A raster after its thresholds: each pixel carries the number of its class and nothing else.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Codes">Row by row from the upper left: 0 below every class, n the n-th class, <see cref="NotSeen"/> no value.</param>
internal sealed record ClassGrid(int Width, int Height, byte[] Codes)
{
    /// <summary>No value: cloud, shadow, beyond the swath.</summary>
    internal const byte NotSeen = 255;

    /// <summary>Share of the pixels that carry a value.</summary>
    internal double SeenShare => Codes.Length == 0 ? 0 : 1 - ((double)Codes.AsSpan().Count(NotSeen) / Codes.Length);

    /// <summary>
    /// Joins blocks of pixels to one: it gets the highest class that at least half of its seen pixels reach, and is not seen when more than
    /// half are not.
    /// </summary>
    /// <param name="factor">Pixels a side that become one.</param>
    /// <param name="nested">A higher class is part of the lower ones, as with thresholds.</param>
    internal ClassGrid Coarsen(int factor, bool nested)
    {
        var (width, height) = ((Width + factor - 1) / factor, (Height + factor - 1) / factor);
        var codes = new byte[width * height];
        Span<int> counts = stackalloc int[CoverageMapping.MostClasses + 1];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                counts.Clear();
                var (pixels, seen) = (0, 0);
                for (var y = row * factor; y < Math.Min((row + 1) * factor, Height); y++)
                {
                    var from = column * factor;
                    foreach (var code in Codes.AsSpan((y * Width) + from, Math.Min(factor, Width - from)))
                    {
                        pixels++;
                        if (code < counts.Length)
                        {
                            counts[code]++;
                            seen++;
                        }
                    }
                }

                codes[(row * width) + column] = Middle(counts, seen, pixels, nested);
            }
        }

        return new ClassGrid(width, height, codes);
    }

    private static byte Middle(ReadOnlySpan<int> counts, int seen, int pixels, bool nested)
    {
        if (seen * 2 < pixels)
        {
            return NotSeen;
        }

        var above = 0;
        for (var code = CoverageMapping.MostClasses; code > 0; code--)
        {
            above = counts[code] + (nested ? above : 0);
            if (above > 0 && above * 2 >= seen)
            {
                return (byte)code;
            }
        }

        return 0;
    }
}
