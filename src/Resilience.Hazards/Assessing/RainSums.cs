using System.Collections.Immutable;

namespace Resilience.Hazards.Assessing;

/// <summary>How much rain fell in the hours up to a reading.</summary>
/// <param name="Hours">The length of the window.</param>
/// <param name="Depth">In the datastream's unit; at least so much when hours are missing.</param>
/// <param name="MissingHours">Hours of the window that no trustworthy reading covers.</param>
/// <param name="Wet">How many readings above zero it rests on.</param>
public sealed record RainSum(int Hours, double Depth, double MissingHours, int Wet)
{
    /// <summary>True when hours are missing, so that more may have fallen.</summary>
    public bool IsLowerBound => MissingHours > 0.01;
}

/// <summary>What each reading of a rain gauge covers, and the sums that follow. Pure.</summary>
public static class RainSums
{
    /// <summary>The windows that are judged, in hours.</summary>
    public static IReadOnlyList<int> Windows { get; } = [1, 3, 6, 12, 24, 48, 72];

    /// <summary>The longest window.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(72);

    /// <summary>From so many readings before it follows what a reading covers.</summary>
    internal const int Gaps = 8;

    /// <summary>
    /// The time a reading speaks for, up to its own: the whole time since the reading before it when that is no longer than one and a half of the
    /// intervals kept of late, else one interval. The rest is missing, not dry.
    /// </summary>
    /// <param name="readings">By time.</param>
    /// <param name="index">Which.</param>
    /// <param name="setting">Says the interval until the readings show one.</param>
    public static TimeSpan Covers(ImmutableArray<Reading> readings, int index, Setting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Span<long> gaps = stackalloc long[Gaps];
        var count = 0;
        for (var i = index; i > 0 && count < Gaps; i--)
        {
            gaps[count++] = (readings[i].Time - readings[i - 1].Time).Ticks;
        }

        if (count == 0)
        {
            return setting.Every;
        }

        var gap = gaps[0];
        gaps[..count].Sort();
        var interval = count < 3 ? setting.Every.Ticks : gaps[(count - 1) / 2];
        return new TimeSpan(gap <= interval * 3 / 2 ? gap : interval);
    }

    /// <summary>
    /// The sums up to a reading, by window; those shorter than what the reading covers cannot be told and are left out. Rain that fell across the
    /// beginning of a window counts by its share. What was not observed, or not trustworthily, adds nothing and is missing.
    /// </summary>
    public static IReadOnlyList<RainSum> At(ImmutableArray<Reading> readings, int index, Setting setting)
    {
        var end = readings[index].Time;
        var count = Windows.Count;
        Span<double> depth = stackalloc double[count];
        Span<double> covered = stackalloc double[count];
        Span<int> wet = stackalloc int[count];
        depth.Clear();
        covered.Clear();
        wet.Clear();
        var newest = Covers(readings, index, setting);
        for (var i = index; i >= 0 && readings[i].Time > end - Longest; i--)
        {
            var reading = readings[i];
            var covers = Covers(readings, i, setting);
            var since = reading.Time - covers;
            if (reading.Trust != Trust.Trusted || reading.Value < 0 || covers <= TimeSpan.Zero)
            {
                continue;
            }

            for (var w = 0; w < count; w++)
            {
                var begin = end - TimeSpan.FromHours(Windows[w]);
                if (reading.Time > begin)
                {
                    var inside = since >= begin ? covers : reading.Time - begin;
                    depth[w] += since >= begin ? reading.Value : reading.Value * (inside / covers);
                    covered[w] += inside.TotalHours;
                    wet[w] += reading.Value > 0 ? 1 : 0;
                }
            }
        }

        var sums = new List<RainSum>(count);
        for (var w = 0; w < count; w++)
        {
            if (newest.TotalHours <= Windows[w] * 1.01)
            {
                sums.Add(new RainSum(Windows[w], Math.Round(depth[w], 6), Math.Round(Math.Max(0, Windows[w] - covered[w]), 4), wet[w]));
            }
        }

        return sums;
    }
}
