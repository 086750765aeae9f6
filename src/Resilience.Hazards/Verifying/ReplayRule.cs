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
        var replay = new AlertReplay(station, setting);
        replay.Add(readings);
        return replay.End();
    }

    /// <summary>When the water stood at or above a threshold. What stood so at the first reading had no beginning that could be warned of and is left out.</summary>
    public static IReadOnlyList<FloodEvent> Events(string station, double threshold, IReadOnlyList<Reading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var replay = new EventReplay(station, threshold);
        replay.Add(readings);
        return replay.End();
    }
}

/// <summary>The alerts of a rule, from a record that comes page by page. Remembers what the rule does, and the alerts.</summary>
internal sealed class AlertReplay(string station, Setting setting)
{
    private readonly List<RuleAlert> _alerts = [];
    private Memory _memory = Memory.Empty;
    private DateTimeOffset? _begin;
    private DateTimeOffset _last;

    /// <summary>Readings that follow those before, by time.</summary>
    internal void Add(IReadOnlyList<Reading> readings)
    {
        // A day at a time: split as you like the rules say the same. Only a lake's silence depends on the pauses seen up to each reading.
        foreach (var some in setting.Lake is null ? readings.GroupBy(reading => reading.Time.UtcDateTime.Date).Select(day => day.ToList()) : readings.Select(reading => new List<Reading> { reading }))
        {
            _last = some[^1].Time;
            (_memory, var changes) = Assess.Next(station, setting, _memory, some, _last);
            foreach (var change in changes)
            {
                if (change.State.Level >= HazardLevel.Action)
                {
                    _begin ??= change.Reading.Time;
                }
                else if (_begin is { } since)
                {
                    Add(new RuleAlert(station, since, change.Reading.Time));
                    _begin = null;
                }
            }
        }
    }

    /// <summary>What stands still is open: it ends with the record.</summary>
    internal IReadOnlyList<RuleAlert> End()
    {
        if (_begin is { } open)
        {
            Add(new RuleAlert(station, open, _last));
            _begin = null;
        }

        return _alerts;
    }

    private void Add(RuleAlert alert)
    {
        if (_alerts.Count > 0 && alert.Begin - _alerts[^1].End < ReplayRule.Apart)
        {
            _alerts[^1] = _alerts[^1] with { End = alert.End };
        }
        else
        {
            _alerts.Add(alert);
        }
    }
}

/// <summary>What the water did, from a record that comes page by page.</summary>
internal sealed class EventReplay(string station, double threshold)
{
    private readonly List<FloodEvent> _events = [];
    private DateTimeOffset? _first;

    /// <summary>Readings that follow those before, by time.</summary>
    internal void Add(IReadOnlyList<Reading> readings)
    {
        foreach (var reading in readings)
        {
            _first ??= reading.Time;
            if (reading.Value < threshold || reading.Trust == Trust.Doubtful)
            {
                continue;
            }

            if (_events.Count > 0 && reading.Time - _events[^1].End < ReplayRule.Apart)
            {
                _events[^1] = _events[^1] with { End = reading.Time };
            }
            else
            {
                _events.Add(new FloodEvent(station, reading.Time, reading.Time));
            }
        }
    }

    internal IReadOnlyList<FloodEvent> End() => [.. _events.Where(one => one.Begin > _first)];
}
