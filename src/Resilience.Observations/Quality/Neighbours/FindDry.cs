using NetTopologySuite.Geometries;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>
/// A rain gauge that said zero all through a day in which all gauges around it had rain: blocked, or its counter cut off. The other way round is
/// never judged: a storm may hit one gauge of many. Pure.
/// </summary>
internal static class FindDry
{
    /// <summary>The stretches in which a gauge is not to be believed when it says zero.</summary>
    internal static List<Stretch> In(IReadOnlyList<NeighbourSeries> all, Neighbour[] neighbours, int index, DateTimeOffset first, DateTimeOffset? openSince, NeighbourRules rules)
    {
        var (found, since, shown, most, hours) = (new List<Stretch>(), openSince, -1, 0.0, all[index].Hours.Length);
        for (var end = FindApart.Begin(openSince, first) + rules.RainHours - 1; end < hours; end++)
        {
            var own = Sum(all[index].Hours, end, rules);
            if (since is { } began && own.Sum >= rules.RainAgain)
            {
                // It speaks again from the first hour of those that was wet.
                var wet = Enumerable.Range(end - rules.RainHours + 1, rules.RainHours).First(k => all[index].Hours[k] > 0);
                var until = first.AddHours(wet);
                found.Add(new Stretch(began, until > began ? until : began.AddHours(1), shown));
                (since, shown, most) = (null, -1, 0);
            }
            else if (own is { Sum: 0 } && own.Observed >= rules.RainObserved && At(all, neighbours, index, end, rules) is { } comparison)
            {
                since ??= first.AddHours(end - rules.RainHours + 1);
                (shown, most) = comparison.Expected > most ? (end, comparison.Expected) : (shown, most);
            }
        }

        if (since is { } open)
        {
            var forgotten = open.AddDays(rules.RainForgotten);
            var now = first.AddHours(hours - 1);
            found.Add(new Stretch(open, forgotten <= now ? forgotten : null, shown));
        }

        return found;
    }

    /// <summary>The sums behind the judgement at an hour; null when the neighbours do not bear it out.</summary>
    internal static Comparison? At(IReadOnlyList<NeighbourSeries> all, Neighbour[] neighbours, int index, int end, NeighbourRules rules)
    {
        var asked = neighbours.Select(one => (Neighbour: one, Rain: Sum(all[one.Index].Hours, end, rules))).Where(one => one.Rain.Observed >= rules.RainObserved).ToList();
        if (asked.Count(one => one.Rain.Sum >= rules.RainWet) < rules.Fewest || asked.Any(one => one.Rain.Sum < rules.RainEach) || !StandAround(all[index].At, [.. asked.Select(one => all[one.Neighbour.Index].At)], rules))
        {
            return null;
        }

        return new Comparison(
            Sum(all[index].Hours, end, rules).Sum, Compare.Median([.. asked.Select(one => one.Rain.Sum)]), rules.RainEach,
            [.. asked.Select(one => new ComparedNeighbour(all[one.Neighbour.Index].DatastreamId, one.Neighbour.Kilometres, one.Rain.Sum, one.Rain.Sum))]);
    }

    private static (double Sum, int Observed) Sum(double[] hours, int end, NeighbourRules rules)
    {
        var (sum, observed) = (0.0, 0);
        for (var k = end - rules.RainHours + 1; k <= end; k++)
        {
            if (!double.IsNaN(hours[k]))
            {
                sum += hours[k];
                observed++;
            }
        }

        return (Math.Round(sum, 6), observed);
    }

    private static bool StandAround(Coordinate at, List<Coordinate> others, NeighbourRules rules)
    {
        var bearings = others.Select(other => Math.Atan2((other.X - at.X) * Math.Cos(at.Y * Math.PI / 180), other.Y - at.Y) * 180 / Math.PI).Order().ToList();
        return bearings.Select((bearing, i) => i + 1 < bearings.Count ? bearings[i + 1] - bearing : bearings[0] + 360 - bearing).Max() < rules.RainWidestGap;
    }
}
