using Resilience.Core;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;

namespace Resilience.Hazards.Revising;

/// <summary>Whether thresholds of rain make sense together. Pure.</summary>
internal static class CheckRain
{
    /// <summary>The values by window and level, or a refusal that says what is wrong with them.</summary>
    internal static IReadOnlyList<OwnThreshold> Check(IReadOnlyList<OwnThreshold> wanted, Datastream datastream)
    {
        if (!Units.TryFactor(datastream.Unit, out var millimetres, out var canonical) || canonical != "mm" || ThresholdBook.IsReport(datastream))
        {
            throw new RefusalException("hazards.not-judged", $"'{datastream.Name}' in {datastream.Unit} is not judged by thresholds; rain in mm or inches is, but not that of weather reports.", 409);
        }

        var values = wanted.OrderBy(one => one.Hours).ThenBy(one => one.Level).ToList();
        if (values.Any(one => one.Hours is not { } hours || !RainSums.Windows.Contains(hours)))
        {
            throw new RefusalException("hazards.threshold-hours", $"Each threshold of rain is a sum over {string.Join(", ", RainSums.Windows)} hours.");
        }

        if (values.Any(one => one.Level is not (HazardLevel.Action or HazardLevel.Minor or HazardLevel.Moderate or HazardLevel.Major)) || values.DistinctBy(one => (one.Hours, one.Level)).Count() != values.Count)
        {
            throw new RefusalException("hazards.threshold-levels", "Give each of Action, Minor, Moderate and Major at most once for each number of hours.");
        }

        // The most ever measured in three days is some 3.9 m (La Réunion, 2007).
        if (values.Any(one => !double.IsFinite(one.Value) || one.Value <= 0 || one.Value * millimetres > 5000))
        {
            throw new RefusalException("hazards.threshold-value", "A threshold of rain must be a number above zero, in the unit of the gauge, and no more than 5000 mm.");
        }

        foreach (var low in values)
        {
            if (values.FirstOrDefault(high => high.Hours == low.Hours && high.Level > low.Level && high.Value <= low.Value) is { } wrong)
            {
                throw new RefusalException("hazards.threshold-order", FormattableString.Invariant($"In {low.Hours} h {wrong.Level} ({wrong.Value} {datastream.Unit}) must lie above {low.Level} ({low.Value} {datastream.Unit})."));
            }

            // A longer window holds at least what a shorter one does: less in more hours would make the shorter one mean nothing.
            if (values.FirstOrDefault(longer => longer.Level == low.Level && longer.Hours > low.Hours && longer.Value < low.Value) is { } less)
            {
                throw new RefusalException("hazards.threshold-order", FormattableString.Invariant($"{low.Level} at {less.Value} {datastream.Unit} in {less.Hours} h lies below {low.Value} {datastream.Unit} in {low.Hours} h: that is reached sooner, so the shorter one would never count."));
            }
        }

        return values;
    }
}
