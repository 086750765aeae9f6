using System.Globalization;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>A finding as the values of the window tell it.</summary>
/// <param name="DatastreamId">The datastream.</param>
/// <param name="Kind">What is contradicted.</param>
/// <param name="Since">The first hour.</param>
/// <param name="Until">The first hour after it; null while it lasts.</param>
/// <param name="Figures">The hour that shows it; null where the window holds none of it (what stands of it before holds).</param>
public sealed record FoundBeside(string DatastreamId, FindingKind Kind, DateTimeOffset Since, DateTimeOffset? Until, NeighbourFigures? Figures);

/// <summary>A finding that lasted when the window began, or of which the window can tell only the rest.</summary>
/// <param name="Since">Its beginning.</param>
/// <param name="From">Of a drift: where it began.</param>
/// <param name="To">Of a drift: where it stood when found.</param>
public sealed record OpenBefore(DateTimeOffset Since, double From = 0, double To = 0);

/// <summary>What the datastreams of one property say of each other in a window of hours. Pure: it follows from the values, whatever the order in which they came.</summary>
public static class JudgeNetwork
{
    /// <summary>Findings of values apart from their neighbours', and each day's difference.</summary>
    /// <param name="all">The datastreams of one property, of the live world or of one drill, by id.</param>
    /// <param name="first">The window's first hour.</param>
    /// <param name="property">The property; see <see cref="NeighbourRules.LimitsFor"/>.</param>
    /// <param name="unit">Its canonical unit, for the figures.</param>
    /// <param name="openBefore">Findings <see cref="FindingKind.Apart"/> that lasted when the window began.</param>
    /// <param name="rules">The rules.</param>
    public static (IReadOnlyList<FoundBeside> Findings, IReadOnlyList<DayDeparture> Days) Apart(
        IReadOnlyList<NeighbourSeries> all, DateTimeOffset first, ObservedProperty property, string unit, IReadOnlyDictionary<string, OpenBefore> openBefore, NeighbourRules rules)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(openBefore);
        ArgumentNullException.ThrowIfNull(rules);
        var limits = rules.LimitsFor(property)!;
        var neighbours = ChooseNeighbours.Of(all, limits.Kilometres, limits.Height, rules.Most);
        var hours = Enumerable.Range(0, all.Count == 0 ? 0 : all[0].Hours.Length).Select(hour => Compare.Hour(all, neighbours, hour, limits, rules)).ToArray();
        var (findings, days) = (new List<FoundBeside>(), new List<DayDeparture>());
        for (var i = 0; i < all.Count; i++)
        {
            var id = all[i].DatastreamId;
            foreach (var stretch in FindApart.In([.. hours.Select(hour => hour[i]?.Side)], first, openBefore.GetValueOrDefault(id)?.Since, rules))
            {
                var figures = stretch.Hour < 0 ? null : NeighbourFigures.Of(hours[stretch.Hour][i]!, unit, first.AddHours(stretch.Hour));
                findings.Add(new FoundBeside(id, FindingKind.Apart, stretch.Since, stretch.Until, figures));
            }

            foreach (var day in Enumerable.Range(0, hours.Length).Where(hour => hours[hour][i] is not null).GroupBy(hour => DateOnly.FromDateTime(first.AddHours(hour).UtcDateTime)))
            {
                // A day of which the window holds only a part is not reckoned anew.
                if (day.Count() >= rules.DriftHours && new DateTimeOffset(day.Key, TimeOnly.MinValue, TimeSpan.Zero) >= first)
                {
                    days.Add(new DayDeparture
                    {
                        DatastreamId = id,
                        Day = DayText(day.Key),
                        Difference = Math.Round(Compare.Median([.. day.Select(hour => hours[hour][i]!.Difference)]), 3),
                        Hours = day.Count(),
                    });
                }
            }
        }

        return (findings, days);
    }

    /// <summary>Findings of gauges that stayed dry while those around them had rain; <see cref="NeighbourSeries.Hours"/> are sums.</summary>
    public static IReadOnlyList<FoundBeside> Dry(IReadOnlyList<NeighbourSeries> all, DateTimeOffset first, IReadOnlyDictionary<string, OpenBefore> openBefore, NeighbourRules rules)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(openBefore);
        ArgumentNullException.ThrowIfNull(rules);
        var neighbours = ChooseNeighbours.Of(all, rules.RainKilometres, double.MaxValue, int.MaxValue);
        return [.. Enumerable.Range(0, all.Count).SelectMany(i => FindDry.In(all, neighbours[i], i, first, openBefore.GetValueOrDefault(all[i].DatastreamId)?.Since, rules)
            .Select(stretch => new FoundBeside(
                all[i].DatastreamId, FindingKind.Dry, stretch.Since, stretch.Until,
                stretch.Hour < 0 ? null : NeighbourFigures.Of(FindDry.At(all, neighbours[i], i, stretch.Hour, rules)!, "mm", first.AddHours(stretch.Hour)))))];
    }

    /// <summary>The drift of one datastream by its days, or the end of one; null when there is none.</summary>
    public static FoundBeside? Drift(string datastreamId, IReadOnlyCollection<DayDeparture> days, DateOnly today, NeighbourLimits limits, string unit, OpenBefore? open, NeighbourRules rules)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(rules);
        var apart = days.Select(day => new DayApart(DateOnly.ParseExact(day.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), day.Difference)).Where(day => day.Day <= today).OrderBy(day => day.Day).ToList();
        if (open is not null)
        {
            DateTimeOffset? until = FindDrift.IsBack(apart, open.From, open.To, rules) ? Midnight(apart[^1].Day) : null;
            return new FoundBeside(datastreamId, FindingKind.Drift, open.Since, until, null);
        }

        return FindDrift.In(apart, today, limits, rules) is not { } drift || FindDrift.IsBack(apart, drift.From, drift.To, rules)
            ? null
            : new FoundBeside(datastreamId, FindingKind.Drift, Midnight(drift.Since), null, new NeighbourFigures(unit, Midnight(apart[^1].Day), Math.Round(drift.To, 2), Math.Round(drift.From, 2), limits.Drift, [])
            {
                From = Math.Round(drift.From, 2),
                To = Math.Round(drift.To, 2),
                PerDay = Math.Round(drift.PerDay, 4),
            });
    }

    internal static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
