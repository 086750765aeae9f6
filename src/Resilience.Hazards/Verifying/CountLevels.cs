using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Verifying;

/// <summary>How often a level began on one gauge, and for how long it stood.</summary>
/// <param name="Station">The gauge.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="From">First reading.</param>
/// <param name="To">Last reading.</param>
/// <param name="Heard">How long it was heard; pauses longer than a silence are left out.</param>
/// <param name="Times">By level from Action how often it or a higher one began.</param>
/// <param name="Stood">By level from Action how long it or a higher one stood while the gauge was heard.</param>
internal sealed record CountedGauge(string Station, string Unit, DateTimeOffset From, DateTimeOffset To, TimeSpan Heard, IReadOnlyList<int> Times, IReadOnlyList<TimeSpan> Stood);

/// <summary>
/// How loud a rule is: sends history through <see cref="Assess.Next"/> and counts how often each level begins. For rules of which no record says what came of it:
/// a rain gauge does not measure landslides, nor a thermometer who fell ill. Pure.
/// </summary>
internal static class CountLevels
{
    /// <summary>What is told, in words.</summary>
    internal const string Window =
        "Nothing here records what came of it, so hits, misses and false alarms cannot be told. Told is how often each level begins and for how long it stands: a rule that is raised every few days is no warning.";

    internal static readonly HazardLevel[] Levels = [HazardLevel.Action, HazardLevel.Minor, HazardLevel.Moderate, HazardLevel.Major];

    /// <summary>Replays one gauge.</summary>
    internal static CountedGauge Of(string station, string unit, Setting setting, IReadOnlyList<Reading> readings, Beside? beside = null)
    {
        var count = new LevelCount(station, unit, setting);
        count.Add(readings, beside);
        return count.End();
    }

    /// <summary>All gauges together.</summary>
    internal static Verification Sum(string rule, string version, string data, string thresholds, IReadOnlyList<CountedGauge> gauges) => new(
        rule, version, data, gauges.Min(one => one.From), gauges.Max(one => one.To), thresholds, Window, Scores.Of([], [], TimeSpan.Zero),
        [.. gauges.Select(one => new StationVerification(one.Station, one.Unit, 0, 0, HazardLevel.None, Scores.Of([], [], TimeSpan.Zero)) { Raised = Raised([one]) })])
    {
        Raised = Raised(gauges),
        GaugeYears = Math.Round(Years(gauges), 2),
    };

    internal static List<RaisedLevel> Raised(IReadOnlyList<CountedGauge> gauges)
    {
        var (years, heard) = (Years(gauges), gauges.Sum(one => one.Heard.TotalHours));
        return [.. Levels.Select((level, i) => new RaisedLevel(
            level, gauges.Sum(one => one.Times[i]), years > 0 ? Math.Round(gauges.Sum(one => one.Times[i]) / years, 2) : 0, heard > 0 ? Math.Round(gauges.Sum(one => one.Stood[i].TotalHours) / heard, 4) : 0))];
    }

    private static double Years(IReadOnlyList<CountedGauge> gauges) => gauges.Sum(one => one.Heard.TotalDays) / 365.25;
}

/// <summary>Counts one gauge, from a record that comes page by page.</summary>
internal sealed class LevelCount(string station, string unit, Setting setting)
{
    private readonly int[] _times = new int[CountLevels.Levels.Length];
    private readonly TimeSpan[] _stood = new TimeSpan[CountLevels.Levels.Length];
    private Memory _memory = Memory.Empty;
    private HazardLevel _level;
    private TimeSpan _heard;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Readings that follow those before, by time; humidity and wind of the same time beside them.</summary>
    internal void Add(IReadOnlyList<Reading> readings, Beside? beside)
    {
        _first ??= readings.Count > 0 ? readings[0].Time : null;
        var (humidity, wind) = (ByDay(beside?.Humidity), ByDay(beside?.Wind));
        // A day at a time: the rules remember no more than they need, and split as you like they say the same.
        foreach (var day in readings.GroupBy(reading => reading.Time.UtcDateTime.Date))
        {
            (_memory, var changes) = Assess.Next(station, setting, _memory, day, day.Last().Time, null, beside is null ? null : new Beside([.. humidity[day.Key]], [.. wind[day.Key]]));
            var said = new Queue<Change>(changes);
            foreach (var reading in day)
            {
                var covered = HeardTime.Add(_last, reading.Time, setting);
                (_heard, _last) = (_heard + covered, reading.Time);
                for (var i = 0; i < (int)_level; i++)
                {
                    _stood[i] += covered;
                }

                while (said.TryPeek(out var next) && next.Reading.Time <= reading.Time)
                {
                    var now = said.Dequeue().State.Level;
                    for (var i = (int)_level; i < (int)now; i++)
                    {
                        _times[i]++;
                    }

                    _level = now;
                }
            }
        }
    }

    /// <summary>The counts; of a gauge that said something.</summary>
    internal CountedGauge End() => new(station, unit, _first!.Value, _last!.Value, _heard, _times, _stood);

    private static ILookup<DateTime, Reading> ByDay(IReadOnlyList<Reading>? readings) => (readings ?? []).ToLookup(reading => reading.Time.UtcDateTime.Date);
}
