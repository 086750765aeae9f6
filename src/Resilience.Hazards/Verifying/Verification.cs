using Resilience.Core;

namespace Resilience.Hazards.Verifying;

/// <summary>What happened: the water stood at or above a threshold.</summary>
/// <param name="Station">Where.</param>
/// <param name="Begin">First reading at or above.</param>
/// <param name="End">Last reading at or above.</param>
public sealed record FloodEvent(string Station, DateTimeOffset Begin, DateTimeOffset End);

/// <summary>What the rule said: a level of Action or more stood.</summary>
/// <param name="Station">Where.</param>
/// <param name="Begin">Phenomenon time of the reading at which it was said.</param>
/// <param name="End">When it was taken back; the end of the record when it was not.</param>
public sealed record RuleAlert(string Station, DateTimeOffset Begin, DateTimeOffset End);

/// <summary>Alerts matched with events.</summary>
/// <param name="Hits">Events an alert stood for.</param>
/// <param name="Misses">Events none stood for.</param>
/// <param name="FalseAlarms">Alerts no event came of.</param>
/// <param name="Pod">Probability of detection, hits of all events.</param>
/// <param name="Far">False alarm ratio, false alarms of all alerts that were judged.</param>
/// <param name="Csi">Critical success index, hits of hits, misses and false alarms.</param>
/// <param name="MedianLeadHours">From alert to event, over the hits; null without a hit. 0 when they came together.</param>
/// <param name="TenthLeadHours">One hit of ten had less.</param>
public sealed record Scores(int Hits, int Misses, int FalseAlarms, Interval Pod, Interval Far, Interval Csi, double? MedianLeadHours, double? TenthLeadHours)
{
    /// <summary>
    /// Matches: an event is a hit when it began while an alert stood, or at most <paramref name="tolerance"/> after the alert ended or before it
    /// began (then with a lead of 0). An alert that stood for an event is no false alarm; one alert may stand for several events.
    /// </summary>
    public static Scores Of(IReadOnlyList<FloodEvent> events, IReadOnlyList<RuleAlert> alerts, TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(alerts);
        return Of([Match(events, alerts, tolerance)]);
    }

    /// <summary>Of one gauge what matched: enough to add gauges up without their events and alerts.</summary>
    internal static Matches Match(IReadOnlyList<FloodEvent> events, IReadOnlyList<RuleAlert> alerts, TimeSpan tolerance)
    {
        var (leads, used, misses) = (new List<double>(), new HashSet<RuleAlert>(), 0);
        foreach (var one in events)
        {
            var stood = alerts.Where(alert => alert.Station == one.Station && alert.Begin - tolerance <= one.Begin && one.Begin <= alert.End + tolerance).ToList();
            used.UnionWith(stood);
            if (stood.Count == 0)
            {
                misses++;
                continue;
            }

            leads.Add(Math.Max(0, (one.Begin - stood.Min(alert => alert.Begin)).TotalHours));
        }

        return new Matches(leads, misses, alerts.Count - used.Count, alerts.Count);
    }

    /// <summary>The scores of several gauges together.</summary>
    internal static Scores Of(IReadOnlyList<Matches> gauges)
    {
        var leads = gauges.SelectMany(one => one.LeadHours).Order().ToList();
        var (hits, misses, wrong) = (leads.Count, gauges.Sum(one => one.Misses), gauges.Sum(one => one.FalseAlarms));
        return new Scores(
            hits, misses, wrong, Interval.Of(hits, hits + misses), Interval.Of(wrong, gauges.Sum(one => one.Alerts)), Interval.Of(hits, hits + misses + wrong), Quantile(leads, 0.5), Quantile(leads, 0.1));
    }

    private static double? Quantile(List<double> sorted, double share)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var at = share * (sorted.Count - 1);
        var below = (int)at;
        return Math.Round(below + 1 < sorted.Count ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below], 2);
    }
}

/// <summary>What matched at one gauge.</summary>
/// <param name="LeadHours">One for each hit.</param>
/// <param name="Misses">Events none stood for.</param>
/// <param name="FalseAlarms">Alerts no event came of.</param>
/// <param name="Alerts">All alerts that were judged.</param>
internal sealed record Matches(IReadOnlyList<double> LeadHours, int Misses, int FalseAlarms, int Alerts);

/// <summary>How good a rule was on a record, with all that must be known to read the figures.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Data">The record.</param>
/// <param name="From">First hour judged.</param>
/// <param name="To">Last hour judged.</param>
/// <param name="Thresholds">Where the thresholds come from, in one sentence.</param>
/// <param name="Window">What counts as an event, an alert and a match, in words.</param>
/// <param name="Scores">All stations together.</param>
/// <param name="Stations">Each by itself.</param>
public sealed record Verification(
    string Rule, string Version, string Data, DateTimeOffset From, DateTimeOffset To, string Thresholds, string Window, Scores Scores, IReadOnlyList<StationVerification> Stations)
{
    /// <summary>How often each level was raised, where nobody recorded what came of it and no scores can be given; null where there are scores.</summary>
    public IReadOnlyList<RaisedLevel>? Raised { get; init; }

    /// <summary>How long the gauges were heard, in years of one gauge; null where there are scores.</summary>
    public double? GaugeYears { get; init; }
}

/// <summary>How often a rule says that a level or a higher one has begun.</summary>
/// <param name="Level">The level.</param>
/// <param name="Times">How often it began.</param>
/// <param name="PerGaugeYear">Of it in a year of one gauge.</param>
/// <param name="ShareOfTime">Share of the time it stood, 0 to 1.</param>
public sealed record RaisedLevel(HazardLevel Level, int Times, double PerGaugeYear, double ShareOfTime);

/// <summary>One station of it.</summary>
/// <param name="Station">The station.</param>
/// <param name="Unit">Unit of the thresholds.</param>
/// <param name="Action">Where Action begins.</param>
/// <param name="Event">The threshold whose crossing is the event.</param>
/// <param name="EventLevel">The level that begins there.</param>
/// <param name="Scores">Its figures.</param>
public sealed record StationVerification(string Station, string Unit, double Action, double Event, HazardLevel EventLevel, Scores Scores)
{
    /// <summary>How often each level was raised there; null where there are scores.</summary>
    public IReadOnlyList<RaisedLevel>? Raised { get; init; }
}
