namespace Resilience.Observations.Quality;

/// <summary>What is usual in a series just before a value. It looks at a fixed number of values, so that it comes out the same however much of the series is at hand.</summary>
internal static class Local
{
    /// <summary>Steps the scale is taken over.</summary>
    internal const int Steps = 8;

    /// <summary>Values that must stand before one for all of this to be known.</summary>
    internal const int Context = Steps + 1;

    /// <summary>The usual step before value <paramref name="i"/>: the median of the eight before it without their direction; null with fewer.</summary>
    internal static double? Scale(ReadOnlySpan<SeriesValue> series, int i)
    {
        if (i < Context)
        {
            return null;
        }

        Span<double> steps = stackalloc double[Steps];
        for (var k = 0; k < Steps; k++)
        {
            steps[k] = Math.Abs(series[i - 1 - k].Result - series[i - 2 - k].Result);
        }

        return Median(steps);
    }

    /// <summary>The level before value <paramref name="i"/>: the median of the five before it.</summary>
    internal static double Level(ReadOnlySpan<SeriesValue> series, int i)
    {
        Span<double> values = stackalloc double[5];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = series[i - 1 - k].Result;
        }

        return Median(values);
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
