using NetTopologySuite.Geometries;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>One datastream hour by hour as its neighbours see it.</summary>
/// <param name="DatastreamId">The datastream.</param>
/// <param name="StationId">Its station: never its own neighbour.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Elevation">Height above the sea in metres; null when not known.</param>
/// <param name="Hours">A value for each full hour of the window in the canonical unit, NaN where there is none. Of rain: the sum of the hour that ends then, NaN where not all of it was observed.</param>
public sealed record NeighbourSeries(string DatastreamId, string StationId, Coordinate At, double? Elevation, double[] Hours);

/// <summary>A value as it came.</summary>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Revision">The source's correction number.</param>
/// <param name="Value">In the canonical unit.</param>
/// <param name="Suspect">Doubted for itself: it is no witness.</param>
public readonly record struct HeardValue(DateTimeOffset Time, int Revision, double Value, bool Suspect);

/// <summary>Puts values to full hours. Pure: order and repeats of the values make no difference.</summary>
public static class ByHour
{
    /// <summary>The value nearest to each of the hours from <paramref name="first"/> on; of two as near, the earlier.</summary>
    public static double[] Nearest(IEnumerable<HeardValue> values, DateTimeOffset first, int hours, NeighbourRules rules)
    {
        var slots = new double[hours];
        Array.Fill(slots, double.NaN);
        var distance = new TimeSpan[hours];
        foreach (var value in Holding(values))
        {
            var slot = (int)Math.Floor((value.Time - first + rules.Hour).TotalHours);
            if (slot >= 0 && slot < hours && (value.Time - first.AddHours(slot)).Duration() is var far && (double.IsNaN(slots[slot]) || far < distance[slot]))
            {
                (slots[slot], distance[slot]) = (value.Value, far);
            }
        }

        return slots;
    }

    /// <summary>The sum of each hour that ends at the hours from <paramref name="first"/> on; NaN unless nine tenths of it were observed.</summary>
    public static double[] Sums(IEnumerable<HeardValue> values, TimeSpan every, DateTimeOffset first, int hours)
    {
        var (sums, covered) = (new double[hours], new double[hours]);
        foreach (var value in Holding(values))
        {
            var slot = (int)Math.Ceiling((value.Time - first).TotalHours);
            if (slot >= 0 && slot < hours)
            {
                sums[slot] += value.Value;
                covered[slot] += every.TotalHours;
            }
        }

        for (var i = 0; i < hours; i++)
        {
            sums[i] = covered[i] >= 0.9 ? sums[i] : double.NaN;
        }

        return sums;
    }

    private static IEnumerable<HeardValue> Holding(IEnumerable<HeardValue> values) => values
        .GroupBy(value => value.Time).Select(same => same.MaxBy(value => value.Revision)).Where(value => !value.Suspect).OrderBy(value => value.Time);
}
