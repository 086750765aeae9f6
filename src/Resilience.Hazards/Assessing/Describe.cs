using System.Globalization;
using Resilience.Core;
using Resilience.Core.Quantities;
using Resilience.Hazards.Frequency;

namespace Resilience.Hazards.Assessing;

/// <summary>Says a change in plain English, with the figures it rests on.</summary>
public static class Describe
{
    /// <summary>One to three sentences.</summary>
    public static string Change(Change change, Setting setting, string stationName, string unit, Rarity? rarity = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(setting);
        var shown = Length(unit);
        var text = change.Rain is { } rain ? DescribeRain.Change(change.State.Level, rain, stationName, unit, setting.Rain!)
            : change.Felt is { } felt ? DescribeFelt.Change(change.State.Level, felt, stationName)
            : change.State.Lake.Outburst is { } outburst && setting.Lake is not null
            ? Outburst(outburst, stationName, shown)
            : setting.Lake is not null && change.State.Lake.SignAt is not null && change.State.Level == HazardLevel.Action && change.State.Stage.Level == HazardLevel.None
                ? RisingLake(change, stationName, shown)
                : change.State.Stage.Projected ? Ahead(change, setting, stationName, shown) : Crossed(change, setting, stationName, shown);
        text += setting.Find(change.State.Level)?.Rated is { Extrapolated: true } rated ? $" The rating is carried on above its highest gauging, {Round(rated.HighestGauging)} {rated.StageUnit}: nobody has measured the flow there." : "";
        text += rarity is null ? "" : $" This is {rarity.Words}.";
        return change.Silent ? $"{text} The station has been silent since {Clock(change.Reading.Time)}: silence is not an all-clear, the last level stands.{change.Upstream?.Say()}" : text;
    }

    private static string Crossed(Change change, Setting setting, string name, string unit)
    {
        var value = change.Reading.Value;
        var water = setting.Lake is not null ? "Lake level" : Water(unit);
        var threshold = setting.Find(change.State.Level) ?? (setting.Thresholds.Count > 0 ? setting.Thresholds[0] : null);
        if (threshold is null)
        {
            return $"{water} {Number(value, unit)} {unit} at {name}{Trend(change.State.Stage, unit, " is ")}.";
        }

        var off = value - threshold.Value;
        var where = $"{Number(Math.Abs(off), unit)} {unit} {(off < 0 ? "below" : "above")} {Label(threshold)} {Round(threshold.Value)} {unit}";
        var assumed = threshold.Assumed ? " (an assumed threshold)" : "";
        var held = off < 0 && change.State.Level != HazardLevel.None ? "; the level holds until the water has stayed below for a while" : "";
        return $"{water} {Number(value, unit)} {unit} is {where}{assumed} at {name}{Trend(change.State.Stage, unit, " and ")}{held}.";
    }

    private static string Ahead(Change change, Setting setting, string name, string unit)
    {
        var value = change.Reading.Value;
        var rate = change.State.Stage.Rate ?? 0;
        var threshold = setting.Thresholds.FirstOrDefault(t => t.Value > value);
        return threshold is null || rate <= 0
            ? Crossed(change, setting, name, unit)
            : $"{Water(unit)} {Number(value, unit)} {unit} at {name} is rising {Rate(rate)} {unit}/h and would cross {Label(threshold)} {Round(threshold.Value)} {unit}{(threshold.Assumed ? " (an assumed threshold)" : "")} in about {Span(TimeSpan.FromHours((threshold.Value - value) / rate))} if it goes on.";
    }

    private static string Outburst(Outburst outburst, string name, string unit) => outburst.Sign switch
    {
        OutburstSign.SuddenDrop =>
            $"Glacial lake outburst at {name}: the lake fell {Number(outburst.From - outburst.To)} {unit} within {Span(outburst.Within)} (from {Number(outburst.From)} to {Number(outburst.To)} {unit}) at {Clock(outburst.At)}. The water is on its way down the valley; a falling lake is not an all-clear.",
        OutburstSign.LowerAfterSilence =>
            $"Glacial lake outburst at {name}: after a silence the lake is {Number(outburst.From - outburst.To)} {unit} lower than before ({Number(outburst.From)} to {Number(outburst.To)} {unit}). The water is on its way down the valley; a falling lake is not an all-clear.",
        _ =>
            $"Probable glacial lake outburst at {name}: the station fell silent at {Clock(outburst.At)}, at {Number(outburst.From)} {unit}, within an hour of a high or fast-rising lake. The flood may have destroyed it; treat this as an outburst until somebody has looked.",
    };

    private static string RisingLake(Change change, string name, string unit)
    {
        var sign = change.State.Lake;
        var why = sign.Rise is { } rise && change.Reading.Time == sign.SignAt ? $"rose {Number(rise)} {unit} within an hour and " : "";
        return $"Lake level at {name} {why}stands at {Number(change.Reading.Value)} {unit}{Trend(change.State.Stage, unit, ", ")}: get ready. The level holds until the lake has been calm for twelve hours.";
    }

    private static string Trend(StageState stage, string unit, string lead) => (stage.Trend, stage.Rate) switch
    {
        (Hazards.Trend.Rising, { } rate) => $"{lead}rising {Rate(rate)} {unit}/h",
        (Hazards.Trend.Falling, { } rate) => $"{lead}falling {Rate(-rate)} {unit}/h",
        (Hazards.Trend.Steady, _) => $"{lead}steady",
        _ => "",
    };

    private static bool IsFlow(string unit) => Units.TryFactor(unit, out _, out var canonical) && canonical == "m³/s";

    private static string Water(string unit) => IsFlow(unit) ? "Discharge" : "Stage";

    // Of a great flow nobody knows the hundredths.
    private static string Number(double value, string unit) => IsFlow(unit) && Math.Abs(value) >= 100 ? value.ToString("0", CultureInfo.InvariantCulture) : Number(value);

    private static string Label(StageThreshold threshold) => threshold.Assumed ? $"the {threshold.Label}" : threshold.Label;

    private static string Length(string unit) => unit is "mASD" or "mAOD" or "mBDAT" ? "m" : unit;

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Round(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture);

    private static string Rate(double value) => value.ToString(value < 0.095 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span)
    {
        var minutes = (int)Math.Round(span.TotalMinutes);
        return minutes < 60 ? Count(Math.Max(1, minutes), "minute") : minutes % 60 == 0 ? Count(minutes / 60, "hour") : $"{minutes / 60} h {minutes % 60} min";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count} {what}s");
}
