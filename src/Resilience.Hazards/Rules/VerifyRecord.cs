using System.Globalization;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Forecasting;
using Resilience.Hazards.Verifying;

namespace Resilience.Hazards.Rules;

/// <summary>
/// Judges rules on the record of a file. Where a record brings no published thresholds they are chosen on its first half and the figures are of
/// its second: what is tuned on a record looks good on it. Pure.
/// </summary>
public static class VerifyRecord
{
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
        var judged = new (StationVerification Verification, Matches Matches)[record.Stages.Count];
        Parallel.For(0, judged.Length, i => judged[i] = Judge(record, record.Stages[i], half));
        return new Verification(
            rule, StageRule.Version, data, At(record, half), At(record, record.Hours - 1),
            string.Create(CultureInfo.InvariantCulture, $"Chosen on the first half ({record.Begin:yyyy-MM-dd} to {record.Begin.AddHours(half):yyyy-MM-dd}): event = the stage exceeded in {100 * (1 - EventShare):0.0} % of its hours, Action = the candidate with the best CSI there. The figures are of the second half."),
            ReplayRule.Window, Scores.Of([.. judged.Select(one => one.Matches)]), [.. judged.Select(one => one.Verification)]);
    }

    /// <summary>Counts how often the rule of glacial lakes would have been raised on an hourly record of lake levels in metres, by how they rise, fall silent and come back lower.</summary>
    public static Verification RunLake(HourlyRecord record, string data)
    {
        ArgumentNullException.ThrowIfNull(record);
        var tuning = LakeParameters.ForUnit("m")!;
        var setting = new Setting([], TimeSpan.FromHours(1), StageParameters.ForUnit("m")! with { MinimumBelow = tuning.Calm }, tuning);
        var counted = new CountedGauge[record.Stages.Count];
        Parallel.For(0, counted.Length, i => counted[i] = CountLevels.Of(record.Stages[i].Station, "m", setting, Readings(record, record.Stages[i], 0, record.Hours)));
        return CountLevels.Sum(LakeRule.Name, LakeRule.Version, data, "The rule's own signs, without thresholds. Hour by hour a drop within a quarter of an hour cannot be seen: only rises, silences and a lower lake after them.", counted);
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

    private static (StationVerification Verification, Matches Matches) Judge(HourlyRecord record, HourlySeries series, int half)
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

    private static (StationVerification Verification, Matches Matches) Judge(string station, string unit, Setting setting, IReadOnlyList<Reading> readings)
    {
        var replay = new GaugeReplay(StageRule.Name, station, unit, setting);
        replay.Add(readings, null);
        var judged = replay.End()!;
        return (judged.Station!, judged.Matches!);
    }

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
}
