using System.Globalization;
using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Thresholds;

/// <summary>Names exactly what judges a datastream for a concern: the rule, its version and every threshold. Another value of any of them is another version. Pure.</summary>
internal static class SetVersion
{
    /// <summary>Of nothing that judges.</summary>
    internal const string None = "none";

    /// <summary>The version; <see cref="None"/> without a setting.</summary>
    internal static string Of(Setting? setting) => setting is null ? None : StableId.From([
        "hazards.threshold-set", setting.Rule.Name, setting.Rule.Version,
        .. setting.Thresholds.OrderBy(one => one.Kind).ThenBy(one => one.Hours).ThenBy(one => one.Level)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Kind} {one.Hours} {one.Level} {one.Value:R} {one.Unit}")),
    ]).ToString("N")[..16];
}
