using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;

namespace Resilience.Hazards.Revising;

/// <summary>One side of the comparison.</summary>
/// <param name="Thresholds">What it judges by.</param>
/// <param name="Alerts">How often it would have stood at Action or above.</param>
/// <param name="Scores">Against the events; null when no threshold above Action says what an event is.</param>
/// <param name="LevelNow">The level the newest trustworthy reading reaches by it.</param>
public sealed record ThresholdJudgement(IReadOnlyList<OwnThreshold> Thresholds, int Alerts, Scores? Scores, HazardLevel LevelNow);

/// <summary>What other thresholds would have meant on the stored readings of a gauge.</summary>
/// <param name="Datastream">The datastream.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="RuleVersion">Version of the rule that was replayed.</param>
/// <param name="Readings">How many readings.</param>
/// <param name="From">Time of the first; null without any.</param>
/// <param name="To">Time of the last; null without any.</param>
/// <param name="Event">The stage whose crossing counts as the event on both sides: the lowest proposed above Action, else the lowest in force; null when there is none, and for rain: a rain gauge does not measure what the rain did.</param>
/// <param name="Before">As it is judged now; null when it is not judged at all.</param>
/// <param name="After">As it would be; null when it would not be.</param>
/// <param name="Gained">Alerts there would have been and were not, the newest first, at most twenty.</param>
/// <param name="Lost">Alerts there were and would not have been, the newest first, at most twenty.</param>
/// <param name="Cautions">What one must know before saying yes, in plain sentences.</param>
public sealed record ThresholdTrial(
    string Datastream, string Unit, string RuleVersion, int Readings, DateTimeOffset? From, DateTimeOffset? To, double? Event,
    ThresholdJudgement? Before, ThresholdJudgement? After, IReadOnlyList<RuleAlert> Gained, IReadOnlyList<RuleAlert> Lost, IReadOnlyList<string> Cautions)
{
    private const int MostListed = 20;

    /// <summary>Fewer than this many days of readings say little.</summary>
    private static readonly TimeSpan Little = TimeSpan.FromDays(90);

    /// <summary>For how many days the gauge was heard; 0 in trials kept before this was known.</summary>
    public double HeardDays { get; init; }

    /// <summary>Names exactly what was tried: the rule, its version and the thresholds it would judge by.</summary>
    public string SetVersion { get; init; } = "";

    /// <summary>True when the past says how good the thresholds are: with less than <see cref="VerifiedSet.EnoughDays"/> of it nobody knows.</summary>
    public bool Verified => HeardDays >= VerifiedSet.EnoughDays;

    /// <summary>Replays the readings by both settings. Pure.</summary>
    internal static ThresholdTrial Compare(string datastreamId, string unit, Setting? before, Setting? after, IReadOnlyList<Reading> readings)
    {
        var flood = (after is null ? null : EventOf(after)) ?? (before is null ? null : EventOf(before));
        var events = flood is { } threshold && readings.Count > 0 ? ReplayRule.Events(datastreamId, threshold, readings) : [];
        var (was, would) = (Alerts(datastreamId, before, readings), Alerts(datastreamId, after, readings));
        return new ThresholdTrial(
            datastreamId, unit, (after ?? before)?.Rule.Version ?? StageRule.Version, readings.Count, readings.Count == 0 ? null : readings[0].Time, readings.Count == 0 ? null : readings[^1].Time, flood,
            Judge(before, was, events, flood, readings), Judge(after, would, events, flood, readings), Without(would, was), Without(was, would), Caution(before, after, flood, events, readings))
        {
            HeardDays = (after ?? before) is { } heard ? HeardTime.Days(readings, heard) : 0,
            SetVersion = Thresholds.SetVersion.Of(after),
        };
    }

    private static double? EventOf(Setting setting) => setting.Rain is not null ? null : setting.Thresholds.Where(one => one.Level > HazardLevel.Action).MinBy(one => one.Level)?.Value;

    private static IReadOnlyList<RuleAlert> Alerts(string datastreamId, Setting? setting, IReadOnlyList<Reading> readings) =>
        setting is null || readings.Count == 0 ? [] : ReplayRule.Alerts(datastreamId, setting, readings);

    private static ThresholdJudgement? Judge(Setting? setting, IReadOnlyList<RuleAlert> alerts, IReadOnlyList<FloodEvent> events, double? flood, IReadOnlyList<Reading> readings) => setting is null
        ? null
        : new ThresholdJudgement(
            // What stood at the first reading began before the record: nobody can say how early it was.
            [.. setting.Thresholds.Select(one => new OwnThreshold(one.Level, one.Value, one.Hours))], alerts.Count, flood is null || readings.Count == 0 ? null : Scores.Of(events, [.. alerts.Where(alert => alert.Begin > readings[0].Time)], ReplayRule.Tolerance),
            LevelNow(setting, readings));

    private static HazardLevel LevelNow(Setting setting, IReadOnlyList<Reading> readings) => setting.Rain is null
        ? readings.LastOrDefault(reading => reading.Trust == Trust.Trusted) is { } newest ? setting.LevelAt(newest.Value) : HazardLevel.None
        : readings.Count == 0 ? HazardLevel.None : RainRule.LevelOf(RainSums.At([.. readings], readings.Count - 1, setting), setting);

    private static IReadOnlyList<RuleAlert> Without(IReadOnlyList<RuleAlert> ours, IReadOnlyList<RuleAlert> theirs) =>
        [.. ours.Where(one => !theirs.Any(other => other.Begin <= one.End && one.Begin <= other.End)).OrderByDescending(one => one.Begin).Take(MostListed)];

    private static List<string> Caution(Setting? before, Setting? after, double? flood, IReadOnlyList<FloodEvent> events, IReadOnlyList<Reading> readings)
    {
        var said = new List<string>();
        if (readings.Count == 0)
        {
            said.Add("No reading of this gauge is stored: nobody knows how often these thresholds would have been right.");
        }
        else if (readings[^1].Time - readings[0].Time < Little)
        {
            said.Add(FormattableString.Invariant($"Only {(readings[^1].Time - readings[0].Time).TotalDays:0} days of readings are stored; a season of floods may be missing."));
        }

        if (readings.Count > 0 && flood is not null && events.Count == 0)
        {
            said.Add("The water never began to stand above the flood threshold in these readings: hits and lead times cannot be told.");
        }

        if ((after ?? before)?.Rain is not null)
        {
            said.Add("A rain gauge does not measure what the rain did: hits, misses and false alarms cannot be told from it.");
        }
        else if (flood is null)
        {
            said.Add("No threshold above Action is given, so nothing says what a flood is, and nothing above Action is ever raised.");
        }

        if (before is not null && after is null)
        {
            said.Add("Nothing would judge this gauge any more.");
        }

        return said;
    }
}
