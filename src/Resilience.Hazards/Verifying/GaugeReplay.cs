using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Verifying;

/// <summary>One gauge that was replayed: with scores, or counted; of silences both.</summary>
/// <param name="From">First reading.</param>
/// <param name="To">Last reading.</param>
/// <param name="HeardDays">For how many days it was heard.</param>
/// <param name="Station">Its figures; null when it was only counted.</param>
/// <param name="Matches">What they follow from; null likewise.</param>
/// <param name="Counted">How often it raised what; null when it has scores.</param>
internal sealed record JudgedGauge(DateTimeOffset From, DateTimeOffset To, double HeardDays, StationVerification? Station, Matches? Matches, CountedGauge? Counted)
{
    /// <summary>As it stands with the thresholds.</summary>
    internal SetResult ToResult() => new(From, To, Station?.Scores, Counted is null ? null : CountLevels.Raised([Counted]));
}

/// <summary>Replays a gauge's record, that comes page by page, through a rule: what it remembers does not grow with the record, but for its events and alerts. Not thread-safe.</summary>
internal sealed class GaugeReplay
{
    private readonly string _station;
    private readonly string _unit;
    private readonly Setting _setting;
    private readonly StageThreshold? _event;
    private readonly EventReplay? _events;
    private readonly AlertReplay? _alerts;
    private readonly LevelCount? _count;
    private TimeSpan _heard;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    internal GaugeReplay(string rule, string station, string unit, Setting setting)
    {
        (_station, _unit, _setting) = (station, unit, setting);
        // Without a threshold above Action nothing says what an event is: then it is counted how often each level is raised.
        _event = rule == StageRule.Name ? VerifyRules.EventThreshold(setting) : null;
        (_events, _alerts, _count) = _event is { } threshold
            ? (new EventReplay(station, threshold.Value), new AlertReplay(station, setting), null)
            : ((EventReplay?)null, (AlertReplay?)null, new LevelCount(station, unit, setting));
    }

    internal void Add(IReadOnlyList<Reading> readings, Beside? beside)
    {
        if (readings.Count == 0)
        {
            return;
        }

        _first ??= readings[0].Time;
        var heard = _setting.Heard([.. readings.TakeLast(50)]);
        foreach (var reading in readings)
        {
            (_heard, _last) = (_heard + HeardTime.Add(_last, reading.Time, heard), reading.Time);
        }

        _events?.Add(readings);
        _alerts?.Add(readings);
        _count?.Add(readings, beside);
    }

    /// <summary>What came of it; null when nothing was heard.</summary>
    internal JudgedGauge? End()
    {
        if (_first is not { } from || _last is not { } to)
        {
            return null;
        }

        var days = Math.Round(_heard.TotalDays, 2);
        if (_event is not { } threshold)
        {
            return new JudgedGauge(from, to, days, null, null, _count!.End());
        }

        // What stood at the first reading began before the record: nobody can say what came of it, or how early it was.
        var matches = Scores.Match(_events!.End(), [.. _alerts!.End().Where(alert => alert.Begin > from)], ReplayRule.Tolerance);
        var action = _setting.Find(HazardLevel.Action)?.Value ?? threshold.Value;
        return new JudgedGauge(
            from, to, days, new StationVerification(_station, _unit, Math.Round(action, 3), Math.Round(threshold.Value, 3), threshold.Level, Scores.Of([matches])), matches, null);
    }
}
