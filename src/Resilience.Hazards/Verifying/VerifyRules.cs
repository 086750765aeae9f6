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
    public static IReadOnlyList<string> Names { get; } = [StageRule.Name];

    /// <summary>The stage that a half of a record reaches in this share of its hours stands in for the flood stage.</summary>
    private const double EventShare = 0.995;

    /// <summary>Candidates for Action: so much of the way from the median to the event threshold.</summary>
    private static readonly double[] ActionShares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Verifies a rule on an hourly record in metres without published thresholds.</summary>
    public static Verification Run(string rule, HourlyRecord record, string data)
    {
        ArgumentNullException.ThrowIfNull(record);
        Check(rule);
        var half = record.Hours / 2;
        var judged = new (StationVerification Verification, IReadOnlyList<FloodEvent> Events, IReadOnlyList<RuleAlert> Alerts)[record.Stages.Count];
        Parallel.For(0, judged.Length, i => judged[i] = Judge(record, record.Stages[i], half));
        return new Verification(
            rule, StageRule.Version, data, At(record, half), At(record, record.Hours - 1),
            string.Create(CultureInfo.InvariantCulture, $"Chosen on the first half ({record.Begin:yyyy-MM-dd} to {record.Begin.AddHours(half):yyyy-MM-dd}): event = the stage exceeded in {100 * (1 - EventShare):0.0} % of its hours, Action = the candidate with the best CSI there. The figures are of the second half."),
            ReplayRule.Window, Scores.Of([.. judged.SelectMany(one => one.Events)], [.. judged.SelectMany(one => one.Alerts)], ReplayRule.Tolerance), [.. judged.Select(one => one.Verification)]);
    }

    /// <summary>Verifies a rule on stored readings by the thresholds the stations have.</summary>
    public static Verification Run(string rule, IReadOnlyList<(string Station, string Unit, Setting Setting, IReadOnlyList<Reading> Readings)> stations, string data)
    {
        ArgumentNullException.ThrowIfNull(stations);
        Check(rule);
        var usable = stations.Where(one => one.Readings.Count > 0 && one.Setting is { Lake: null, IsWater: true } && EventThreshold(one.Setting) is not null).ToList();
        if (usable.Count == 0)
        {
            throw new RefusalException("hazards.nothing-to-verify", "No station has stored readings and a threshold above Action.", 409);
        }

        var judged = usable.Select(one => Judge(one.Station, one.Unit, one.Setting, one.Readings)).ToList();
        return new Verification(
            rule, StageRule.Version, data, usable.Min(one => one.Readings[0].Time), usable.Max(one => one.Readings[^1].Time),
            "The stations' own thresholds; where none is published, what stands in for them.", ReplayRule.Window,
            Scores.Of([.. judged.SelectMany(one => one.Events)], [.. judged.SelectMany(one => one.Alerts)], ReplayRule.Tolerance), [.. judged.Select(one => one.Verification)]);
    }

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
