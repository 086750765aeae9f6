using System.Globalization;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Ratings;

namespace Resilience.Hazards.Thresholds;

/// <summary>
/// Turns thresholds of discharge into stages and the other way round, so that a station is judged by what it measures. What the rating says nothing of
/// (below its lowest point) is left out. Pure.
/// </summary>
public static class RateThresholds
{
    /// <summary>The thresholds in the datastream's unit; empty when units do not fit the rating.</summary>
    public static IReadOnlyList<StageThreshold> Turn(IReadOnlyList<StageThreshold> thresholds, RatingCurve rating, string unit)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(rating);
        return [.. thresholds.Select(one => Turn(one, rating, unit)).OfType<StageThreshold>().OrderBy(one => one.Value)];
    }

    private static StageThreshold? Turn(StageThreshold threshold, RatingCurve rating, string unit)
    {
        var toStage = RatingCurve.Factor(threshold.Unit, rating.DischargeUnit) is not null;
        var (given, wanted) = toStage ? (rating.DischargeUnit, rating.StageUnit) : (rating.StageUnit, rating.DischargeUnit);
        if (RatingCurve.Factor(threshold.Unit, given) is not { } into || RatingCurve.Factor(wanted, unit) is not { } outOf)
        {
            return null;
        }

        (double Value, bool Extrapolated)? turned = toStage ? rating.StageOf(threshold.Value * into) : rating.DischargeAt(threshold.Value * into) is { } rated ? (rated.Value, rated.Extrapolated) : null;
        if (turned is not { } found)
        {
            return null;
        }

        var published = $"{threshold.Value.ToString("0.##", CultureInfo.InvariantCulture)} {threshold.Unit}";
        return threshold with
        {
            // Thousandths: finer than any rating, and the same on every machine.
            Value = Math.Round(found.Value * outOf, 3),
            Unit = unit,
            Label = $"the {(toStage ? "stage" : "discharge")} of {threshold.Label} {published} by {rating.Source},",
            Source = $"{threshold.Source}. {published} turned into {(toStage ? "a stage" : "a discharge")} by {rating.Source} (version {rating.Version}{(found.Extrapolated ? ", carried on above its highest gauging" : "")}).",
            Rated = new RatedFrom(threshold.Value, threshold.Unit, rating.Source, rating.Version, rating.HighestGauging, rating.StageUnit, found.Extrapolated),
        };
    }
}
