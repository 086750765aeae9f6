using System.Globalization;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Forecasting;

namespace Resilience.Hazards.Verifying;

/// <summary>
/// Judges the stage rule on a record. Where a record brings no published thresholds they are chosen on its first half and the figures are of
/// its second: what is tuned on a record looks good on it. Pure.
/// </summary>
public static class VerifyRules
{
    /// <summary>The rules that can be verified.</summary>
    public static IReadOnlyList<string> Names { get; } = [StageRule.Name, LakeRule.Name, RainRule.Name, SlopeRule.Name, FeltRule.Name];

    private const string OwnThresholds = "The stations' own thresholds; where none is published, what stands in for them.";

    /// <summary>The stage that a half of a record reaches in this share of its hours stands in for the flood stage.</summary>
    private const double EventShare = 0.995;

    /// <summary>Candidates for Action: so much of the way from the median to the event threshold.</summary>
    private static readonly double[] ActionShares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Verifies a rule on an hourly record in metres without published thresholds.</summary>
    public static Verification Run(string rule, HourlyRecord record, string data)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (rule != StageRule.Name)
        {
            throw new RefusalException("hazards.no-such-rule", $"There is no verification for the rule '{rule}' on stages; known: {StageRule.Name}.", 404);
        }

        var half = record.Hours / 2;
        var judged = new (StationVerification Verification, IReadOnlyList<FloodEvent> Events, IReadOnlyList<RuleAlert> Alerts)[record.Stages.Count];
        Parallel.For(0, judged.Length, i => judged[i] = Judge(record, record.Stages[i], half));
        return new Verification(
            rule, StageRule.Version, data, At(record, half), At(record, record.Hours - 1),
            string.Create(CultureInfo.InvariantCulture, $"Chosen on the first half ({record.Begin:yyyy-MM-dd} to {record.Begin.AddHours(half):yyyy-MM-dd}): event = the stage exceeded in {100 * (1 - EventShare):0.0} % of its hours, Action = the candidate with the best CSI there. The figures are of the second half."),
            ReplayRule.Window, Scores.Of([.. judged.SelectMany(one => one.Events)], [.. judged.SelectMany(one => one.Alerts)], ReplayRule.Tolerance), [.. judged.Select(one => one.Verification)]);
    }

    /// <summary>Counts how often a rule of rain would have been raised on an hourly record in millimetres.</summary>
    public static Verification RunRain(string rule, HourlyRecord record, IReadOnlyList<StageThreshold> thresholds, string data)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(thresholds);
        if (rule is not (RainRule.Name or SlopeRule.Name) || thresholds.Count == 0 || record.Rains.Count == 0)
        {
            throw new RefusalException("hazards.no-such-rule", $"'{rule}' cannot be counted on rain: the rules are {RainRule.Name} and {SlopeRule.Name}, the file must hold rain (kind rf), and thresholds must stand in where it was measured (--at).", 404);
        }

        var setting = new Setting(thresholds, TimeSpan.FromHours(1), StageParameters.ForUnit("m")!, null) { Rain = rule == SlopeRule.Name ? RainParameters.Slopes : RainParameters.Default };
        var counted = new CountedGauge[record.Rains.Count];
        Parallel.For(0, counted.Length, i => counted[i] = CountLevels.Of(record.Rains[i].Station, "mm", setting, Readings(record, record.Rains[i], 0, record.Hours)));
        return CountLevels.Sum(rule, setting.Rule.Version, data, $"{thresholds[0].Source}", counted);
    }

    /// <summary>What a rule makes of one gauge's stored readings; null when it does not judge it, or nothing says what an event is.</summary>
    internal static JudgedGauge? Judge(string rule, string station, string unit, Setting setting, IReadOnlyList<Reading> readings, Beside? beside)
    {
        Check(rule);
        if (readings.Count == 0 || setting.Rule.Name != rule)
        {
            return null;
        }

        if (rule != StageRule.Name)
        {
            return new JudgedGauge(readings[0].Time, readings[^1].Time) { Counted = CountLevels.Of(station, unit, setting, readings, beside) };
        }

        return EventThreshold(setting) is null ? null : new JudgedGauge(readings[0].Time, readings[^1].Time) { Scored = Judge(station, unit, setting, readings) };
    }

    /// <summary>All gauges together.</summary>
    internal static Verification Total(string rule, IReadOnlyList<JudgedGauge> gauges, string data)
    {
        Check(rule);
        if (gauges.Count == 0)
        {
            throw new RefusalException("hazards.nothing-to-verify", rule == StageRule.Name ? "No station has stored readings and a threshold above Action." : "No stored readings are judged by this rule.", 409);
        }

        var counted = gauges.Select(one => one.Counted).OfType<CountedGauge>().ToList();
        return counted.Count > 0
            ? CountLevels.Sum(rule, VersionOf(rule), data, OwnThresholds, counted)
            : new Verification(
                rule, StageRule.Version, data, gauges.Min(one => one.From), gauges.Max(one => one.To), OwnThresholds, ReplayRule.Window,
                Scores.Of([.. gauges.SelectMany(one => one.Scored!.Value.Events)], [.. gauges.SelectMany(one => one.Scored!.Value.Alerts)], ReplayRule.Tolerance), [.. gauges.Select(one => one.Scored!.Value.Verification)]);
    }

    private static string VersionOf(string rule) => rule switch
    {
        RainRule.Name => RainRule.Version,
        SlopeRule.Name => SlopeRule.Version,
        FeltRule.Name => FeltRule.Version,
        LakeRule.Name => LakeRule.Version,
        _ => StageRule.Version,
    };

    private static (StationVerification Verification, IReadOnlyList<FloodEvent> Events, IReadOnlyList<RuleAlert> Alerts) Judge(HourlyRecord record, HourlySeries series, int half)
    {
        var (first, second) = (Readings(record, series, 0, half), Readings(record, series, half, record.Hours));
        if (first.Count == 0 || second.Count == 0)
        {
            throw new RefusalException("hazards.record-half", $"The record of {series.Station} has no stage in one of its halves: thresholds cannot be chosen on one and judged on the other.");
        }

        var sorted = first.Select(reading => reading.Value).Order().ToList();
        var (median, flood) = (sorted[sorted.Count / 2], sorted[(int)(EventShare * (sorted.Count - 1))]);
        var setting = ActionShares.Select(share => Setting(median + (share * (flood - median)), flood))
            .MaxBy(candidate => Judge(series.Station, "m", candidate, first).Verification.Scores.Csi.Value ?? 0)!;
        return Judge(series.Station, "m", setting, second);
    }

    private static (StationVerification Verification, IReadOnlyList<FloodEvent> Events, IReadOnlyList<RuleAlert> Alerts) Judge(
        string station, string unit, Setting setting, IReadOnlyList<Reading> readings)
    {
        var threshold = EventThreshold(setting)!;
        var (events, alerts) = (ReplayRule.Events(station, threshold.Value, readings), ReplayRule.Alerts(station, setting, readings));
        // What stood at the first reading began before the record: nobody can say what came of it, or how early it was.
        alerts = [.. alerts.Where(alert => alert.Begin > readings[0].Time)];
        var action = setting.Find(HazardLevel.Action)?.Value ?? threshold.Value;
        return (new StationVerification(station, unit, Math.Round(action, 3), Math.Round(threshold.Value, 3), threshold.Level, Scores.Of(events, alerts, ReplayRule.Tolerance)), events, alerts);
    }

    private static StageThreshold? EventThreshold(Setting setting) => setting.Thresholds.Where(threshold => threshold.Level > HazardLevel.Action).MinBy(threshold => threshold.Level);

    private static Setting Setting(double action, double flood)
    {
        const string Source = "chosen on the first half of the record";
        return new Setting(
            [new StageThreshold(HazardLevel.Action, action, "m", "action stage", Source, true), new StageThreshold(HazardLevel.Minor, flood, "m", "flood stage", Source, true)],
            TimeSpan.FromHours(1), StageParameters.ForUnit("m")!, null);
    }

    private static List<Reading> Readings(HourlyRecord record, HourlySeries series, int from, int to)
    {
        var readings = new List<Reading>();
        for (var t = from; t < to; t++)
        {
            if (!double.IsNaN(series.Values[t]))
            {
                readings.Add(new Reading(At(record, t), 0, series.Values[t], Trust.Trusted, ""));
            }
        }

        return readings;
    }

    private static DateTimeOffset At(HourlyRecord record, int hour) => new(DateTime.SpecifyKind(record.Begin.AddHours(hour), DateTimeKind.Utc));

    private static void Check(string rule)
    {
        if (!Names.Contains(rule))
        {
            throw new RefusalException("hazards.no-such-rule", $"There is no verification for the rule '{rule}'; known: {string.Join(", ", Names)}.", 404);
        }
    }
}

/// <summary>One gauge that was replayed: with scores, or counted.</summary>
internal sealed record JudgedGauge(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Its events and alerts; null when it was counted.</summary>
    internal (StationVerification Verification, IReadOnlyList<FloodEvent> Events, IReadOnlyList<RuleAlert> Alerts)? Scored { get; init; }

    /// <summary>How often it raised what; null when it has scores.</summary>
    internal CountedGauge? Counted { get; init; }
}
