namespace Resilience.Hazards.Assessing;

/// <summary>One step of the sum.</summary>
/// <param name="Part">Why.</param>
/// <param name="Effect">What it adds.</param>
public sealed record ConfidencePart(string Part, double Effect);

/// <summary>
/// How far an assessment may be trusted, as a sum whose parts are shown: 0.95 to begin with, less for what weakens it, never below 0.10.
/// The figures are a judgement of this house and not a measured probability.
/// </summary>
public static class Confidence
{
    /// <summary>The confidence and how it came about.</summary>
    public static (double Value, IReadOnlyList<ConfidencePart> Parts) Of(Change change, Setting setting, IReadOnlyList<Reading> readings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(setting);
        List<ConfidencePart> parts = [new("a working gauge", 0.95)];
        void Less(bool applies, string why, double by)
        {
            if (applies)
            {
                parts.Add(new ConfidencePart(why, -by));
            }
        }

        var recent = readings.TakeLast(5).ToList();
        var doubtful = recent.Count(reading => reading.Trust == Trust.Doubtful);
        var trusted = recent.Count(reading => reading.Trust == Trust.Trusted);
        Less(trusted < 3, trusted == 1 ? "only 1 trustworthy reading of the last 5" : $"only {trusted} trustworthy readings of the last 5", trusted == 0 ? 0.30 : trusted == 1 ? 0.15 : 0.05);
        Less(doubtful > 0, $"{doubtful} of the last {recent.Count} readings are doubtful", 0.05 * doubtful);
        Less(change.Silent, "the station is silent", 0.30);
        Less(!change.Silent && now - change.Reading.Time > setting.Every * 2, "the newest reading is older than two intervals", 0.10);
        Less(change.State.Stage.Projected, "it rests on a rise carried on, not on a crossing", 0.15);
        if (change.Rain?.Sum is { } sum)
        {
            Less(sum.IsLowerBound, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sum.MissingHours:0.#} of the {sum.Hours} hours were not observed"), 0.10);
            Less(change.State.Level != Resilience.Core.HazardLevel.None && sum.Wet == 1, "all the rain stands in one reading", 0.15);
        }

        Less(setting.Find(change.State.Level) is { Assumed: true }, "the threshold is assumed", 0.20);
        Less(setting.Find(change.State.Level)?.Rated is not null, "stage and discharge are turned into each other by a rating", 0.05);
        Less(setting.Find(change.State.Level)?.Rated is { Extrapolated: true }, "the rating is carried on above its highest gauging", 0.15);
        Less(change.State.Lake.Outburst is { Sign: OutburstSign.DyingSensor }, "a dying sensor can have other causes", 0.05);
        return (Math.Round(Math.Max(0.10, parts.Sum(part => part.Effect)), 2), parts);
    }
}
