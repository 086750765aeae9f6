namespace Resilience.Observations.Quality.Neighbours;

/// <summary>A value beside what its neighbours lead one to expect.</summary>
/// <param name="Value">The value.</param>
/// <param name="Expected">The median of the neighbours, each brought to this station's height.</param>
/// <param name="Tolerance">Further away than this is apart.</param>
/// <param name="Neighbours">Who was asked.</param>
public sealed record Comparison(double Value, double Expected, double Tolerance, IReadOnlyList<ComparedNeighbour> Neighbours)
{
    /// <summary>The value less the expected one.</summary>
    public double Difference => Value - Expected;

    /// <summary>+1 above its neighbours, −1 below them, 0 among them.</summary>
    public int Side => Math.Abs(Difference) > Tolerance ? Math.Sign(Difference) : 0;
}

/// <summary>What one neighbour said.</summary>
/// <param name="DatastreamId">The neighbour.</param>
/// <param name="Kilometres">How far away.</param>
/// <param name="Value">What it said, canonical.</param>
/// <param name="Adjusted">The same brought to the judged station's height.</param>
public sealed record ComparedNeighbour(string DatastreamId, double Kilometres, double Value, double Adjusted);

/// <summary>Holds each value of an hour against the median of its neighbours. Pure.</summary>
internal static class Compare
{
    /// <summary>
    /// The comparisons of one hour, null where there is no value or too few neighbours. Done twice: who is apart at first is no witness the second time, so that a
    /// wrong station does not make its neighbours wrong.
    /// </summary>
    internal static Comparison?[] Hour(IReadOnlyList<NeighbourSeries> all, Neighbour[][] neighbours, int hour, NeighbourLimits limits, NeighbourRules rules)
    {
        var first = new Comparison?[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            first[i] = One(all, neighbours[i], i, hour, limits, rules, null);
        }

        var second = new Comparison?[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            second[i] = neighbours[i].Any(one => first[one.Index] is { Side: not 0 }) ? One(all, neighbours[i], i, hour, limits, rules, first) ?? first[i] : first[i];
        }

        return second;
    }

    internal static double Median(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static Comparison? One(IReadOnlyList<NeighbourSeries> all, Neighbour[] neighbours, int i, int hour, NeighbourLimits limits, NeighbourRules rules, Comparison?[]? leaveOut)
    {
        var value = all[i].Hours[hour];
        if (double.IsNaN(value))
        {
            return null;
        }

        var asked = new List<ComparedNeighbour>();
        var placed = all[i].Elevation is not null;
        foreach (var neighbour in neighbours)
        {
            var other = all[neighbour.Index];
            if (double.IsNaN(other.Hours[hour]) || leaveOut?[neighbour.Index] is { Side: not 0 })
            {
                continue;
            }

            placed &= other.Elevation is not null;
            asked.Add(new ComparedNeighbour(other.DatastreamId, neighbour.Kilometres, other.Hours[hour], other.Hours[hour] + (limits.PerMetre * ((all[i].Elevation - other.Elevation) ?? 0))));
        }

        if (asked.Count < rules.Fewest)
        {
            return null;
        }

        var adjusted = asked.Select(one => one.Adjusted).ToArray();
        var median = Median(adjusted);
        var spread = 1.4826 * Median([.. adjusted.Select(one => Math.Abs(one - median))]);
        return new Comparison(value, median, Math.Max(placed ? limits.Apart : limits.ApartUnplaced, rules.Spreads * spread), asked);
    }
}
