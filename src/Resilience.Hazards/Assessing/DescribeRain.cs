using System.Globalization;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>Says in plain English what fell, within which hours, against which threshold, and what was not observed.</summary>
internal static class DescribeRain
{
    internal static string Change(HazardLevel level, RainFinding finding, string name, string unit, RainParameters rain)
    {
        if (finding.Threshold is not { } threshold || finding.Sum is not { } sum)
        {
            return $"Rain at {name} cannot be judged: no threshold is given for hours as long as its readings cover.";
        }

        var fell = sum is { IsLowerBound: true, Depth: 0 } ? $"no rain was observed within {Hours(sum.Hours)} at {name}" : $"{(sum.IsLowerBound ? "at least " : "")}{Number(sum.Depth)} {unit} of rain fell within {Hours(sum.Hours)} at {name}{(rain.Concern == HazardKind.Landslide && sum.Hours > 1 ? $" ({Number(sum.Depth / sum.Hours)} {unit}/h)" : "")}";
        var off = sum.Depth - threshold.Value;
        var what = $"{threshold.Label} of {Number(threshold.Value)} {unit} in {Hours(sum.Hours)}{(threshold.Assumed ? " (an assumed threshold)" : "")}";
        var where = off >= 0 ? $"{Number(off)} {unit} above the {what}" : level == HazardLevel.None ? $"below the {what}, the nearest" : $"below the {what} again";
        var held = off < 0 && level != HazardLevel.None ? $"; the level holds until {(rain.Hold.TotalHours == 3 ? "three" : rain.Hold.TotalHours.ToString("0", CultureInfo.InvariantCulture))} hours of readings have stayed below" : "";
        return $"{char.ToUpperInvariant(fell[0])}{fell[1..]}, {where}{held}.{Missing(finding, sum)}";
    }

    private static string Missing(RainFinding finding, RainSum sum)
    {
        if (sum.IsLowerBound)
        {
            return $" {Number(sum.MissingHours)} of the {sum.Hours} hours were not observed: more may have fallen.";
        }

        return finding.Sums[^1] is { IsLowerBound: true } longest
            ? $" {Number(longest.MissingHours)} of the last {longest.Hours} hours were not observed: that is no proof of dry weather."
            : "";
    }

    private static string Hours(int hours) => hours == 1 ? "1 hour" : $"{hours} hours";

    private static string Number(double value) => value.ToString(value == Math.Round(value) ? "0" : Math.Abs(value) < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
}
