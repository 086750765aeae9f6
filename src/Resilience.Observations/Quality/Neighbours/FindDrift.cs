namespace Resilience.Observations.Quality.Neighbours;

/// <summary>How far a datastream was from its neighbours on one day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Difference">The median of its hours' differences.</param>
public readonly record struct DayApart(DateOnly Day, double Difference);

/// <summary>A slow move away from the neighbours.</summary>
/// <param name="Since">The first of the days.</param>
/// <param name="From">Where it stood then: the median of the first seven days.</param>
/// <param name="To">Where it stands: the median of the last seven.</param>
/// <param name="PerDay">Theil–Sen slope: the median of the slopes of all pairs of days.</param>
/// <param name="Days">Days compared.</param>
public sealed record Drift(DateOnly Since, double From, double To, double PerDay, int Days);

/// <summary>Looks for a drift by the median slope and the agreement of all pairs of days (Theil and Sen, Kendall): single odd days do not move either. Pure.</summary>
internal static class FindDrift
{
    private const int Ends = 7;

    /// <summary>The drift of the days, or null.</summary>
    internal static Drift? In(IEnumerable<DayApart> days, DateOnly today, NeighbourLimits limits, NeighbourRules rules)
    {
        var used = days.Where(day => day.Day <= today && day.Day > today.AddDays(-rules.DriftDays)).DistinctBy(day => day.Day).OrderBy(day => day.Day).ToList();
        if (used.Count < rules.DriftCompared)
        {
            return null;
        }

        var (from, to) = (Compare.Median([.. used.Take(Ends).Select(day => day.Difference)]), Compare.Median([.. used.TakeLast(Ends).Select(day => day.Difference)]));
        if (Math.Abs(to - from) < limits.Drift)
        {
            return null;
        }

        var slopes = new List<double>();
        var agree = 0;
        for (var i = 0; i < used.Count; i++)
        {
            for (var k = i + 1; k < used.Count; k++)
            {
                slopes.Add((used[k].Difference - used[i].Difference) / (used[k].Day.DayNumber - used[i].Day.DayNumber));
                agree += Math.Sign(used[k].Difference - used[i].Difference) * Math.Sign(to - from);
            }
        }

        var slope = Compare.Median([.. slopes]);
        return agree >= rules.DriftTau * slopes.Count && Math.Abs(slope * rules.DriftDays) >= limits.Drift && Math.Sign(slope) == Math.Sign(to - from)
            ? new Drift(used[0].Day, from, to, slope, used.Count)
            : null;
    }

    /// <summary>True when the last three days are back near where the drift began.</summary>
    internal static bool IsBack(IEnumerable<DayApart> days, double from, double to, NeighbourRules rules)
    {
        var last = days.OrderBy(day => day.Day).TakeLast(3).Select(day => day.Difference).ToArray();
        return last.Length == 3 && Math.Abs(Compare.Median(last) - from) <= rules.DriftBack * Math.Abs(to - from);
    }
}
