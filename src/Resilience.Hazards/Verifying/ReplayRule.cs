using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Verifying;

/// <summary>
/// Sends history through <see cref="Assess.Next"/>, reading by reading as it would have come, and says when the rule would have alerted and
/// what really happened. Pure.
/// </summary>
public static class ReplayRule
{
    /// <summary>An event ends once the water has stayed below for so long; another rise within it is the same event.</summary>
    /// <value>12 hours.</value>
    public static TimeSpan Apart { get; } = TimeSpan.FromHours(12);

    /// <summary>How far an event may lie outside an alert and still be its.</summary>
    /// <value>1 hour: the step of the hourly records judged.</value>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromHours(1);

    /// <summary>What counts, in words.</summary>
    public const string Window =
        "Event: the stage reaches the event threshold after 12 hours below it. Alert: the rule stands at Action or above. Hit: the event begins while an alert stands, or at most 1 hour before it begins or after it ends.";

    /// <summary>When the rule stood at Action or above. An alert that ends and begins again within <see cref="Apart"/> is one.</summary>
    public static IReadOnlyList<RuleAlert> Alerts(string station, Setting setting, IReadOnlyList<Reading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var (memory, alerts, begin) = (Memory.Empty, new List<RuleAlert>(), (DateTimeOffset?)null);
        foreach (var reading in readings)
        {
            (memory, var changes) = Assess.Next(station, setting, memory, [reading], reading.Time);
            foreach (var change in changes)
            {
                if (change.State.Level >= HazardLevel.Action)
                {
                    begin ??= change.Reading.Time;
                }
                else if (begin is { } since)
                {
                    Add(alerts, new RuleAlert(station, since, change.Reading.Time));
                    begin = null;
                }
            }
        }

        if (begin is { } open)
        {
            Add(alerts, new RuleAlert(station, open, readings[^1].Time));
        }

        return alerts;
    }

    /// <summary>When the water stood at or above a threshold. What stood so at the first reading had no beginning that could be warned of and is left out.</summary>
    public static IReadOnlyList<FloodEvent> Events(string station, double threshold, IReadOnlyList<Reading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var events = new List<FloodEvent>();
        for (var i = 0; i < readings.Count; i++)
        {
            if (readings[i].Value < threshold || readings[i].Trust == Trust.Doubtful)
            {
                continue;
            }

            if (events.Count > 0 && readings[i].Time - events[^1].End < Apart)
            {
                events[^1] = events[^1] with { End = readings[i].Time };
            }
            else
            {
                events.Add(new FloodEvent(station, readings[i].Time, readings[i].Time));
            }
        }

        return [.. events.Where(one => one.Begin > readings[0].Time)];
    }

    private static void Add(List<RuleAlert> alerts, RuleAlert alert)
    {
        if (alerts.Count > 0 && alert.Begin - alerts[^1].End < Apart)
        {
            alerts[^1] = alerts[^1] with { End = alert.End };
        }
        else
        {
            alerts.Add(alert);
        }
    }
}
