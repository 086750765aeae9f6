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

    private static readonly HazardLevel[] Levels = [HazardLevel.Action, HazardLevel.Minor, HazardLevel.Moderate, HazardLevel.Major];

    /// <summary>Replays one gauge.</summary>
    internal static CountedGauge Of(string station, string unit, Setting setting, IReadOnlyList<Reading> readings, Beside? beside = null)
    {
        var (memory, level, times, stood, heard) = (Memory.Empty, HazardLevel.None, new int[Levels.Length], new TimeSpan[Levels.Length], TimeSpan.Zero);
        DateTimeOffset? last = null;
        var (humidity, wind) = (ByDay(beside?.Humidity), ByDay(beside?.Wind));
        // A day at a time: the rules remember no more than they need, and split as you like they say the same.
        foreach (var day in readings.GroupBy(reading => reading.Time.UtcDateTime.Date))
        {
            (memory, var changes) = Assess.Next(station, setting, memory, day, day.Last().Time, null, beside is null ? null : new Beside([.. humidity[day.Key]], [.. wind[day.Key]]));
            var said = new Queue<Change>(changes);
            foreach (var reading in day)
            {
                var covered = last is { } before && reading.Time - before <= setting.LongestPause ? reading.Time - before : setting.Every;
                (heard, last) = (heard + covered, reading.Time);
                for (var i = 0; i < (int)level; i++)
                {
                    stood[i] += covered;
                }

                while (said.TryPeek(out var next) && next.Reading.Time <= reading.Time)
                {
                    var now = said.Dequeue().State.Level;
                    for (var i = (int)level; i < (int)now; i++)
                    {
                        times[i]++;
                    }

                    level = now;
                }
            }
        }

        return new CountedGauge(station, unit, readings[0].Time, readings[^1].Time, heard, times, stood);
    }

    /// <summary>All gauges together.</summary>
    internal static Verification Sum(string rule, string version, string data, string thresholds, IReadOnlyList<CountedGauge> gauges) => new(
        rule, version, data, gauges.Min(one => one.From), gauges.Max(one => one.To), thresholds, Window, Scores.Of([], [], TimeSpan.Zero),
        [.. gauges.Select(one => new StationVerification(one.Station, one.Unit, 0, 0, HazardLevel.None, Scores.Of([], [], TimeSpan.Zero)) { Raised = Raised([one]) })])
    {
        Raised = Raised(gauges),
        GaugeYears = Math.Round(Years(gauges), 2),
    };

    private static List<RaisedLevel> Raised(IReadOnlyList<CountedGauge> gauges)
    {
        var (years, heard) = (Years(gauges), gauges.Sum(one => one.Heard.TotalHours));
        return [.. Levels.Select((level, i) => new RaisedLevel(
            level, gauges.Sum(one => one.Times[i]), years > 0 ? Math.Round(gauges.Sum(one => one.Times[i]) / years, 2) : 0, heard > 0 ? Math.Round(gauges.Sum(one => one.Stood[i].TotalHours) / heard, 4) : 0))];
    }

    private static double Years(IReadOnlyList<CountedGauge> gauges) => gauges.Sum(one => one.Heard.TotalDays) / 365.25;

    private static ILookup<DateTime, Reading> ByDay(IReadOnlyList<Reading>? readings) => (readings ?? []).ToLookup(reading => reading.Time.UtcDateTime.Date);
}
