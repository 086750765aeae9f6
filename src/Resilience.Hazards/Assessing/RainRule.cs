using System.Collections.Immutable;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>What sums of rain are judged for, and what the rule is tuned by.</summary>
/// <param name="Concern">Heavy rain, or landslides.</param>
/// <param name="Hold">So long must readings show less before a level ends.</param>
public sealed record RainParameters(HazardKind Concern, TimeSpan Hold)
{
    /// <summary>Of heavy rain.</summary>
    /// <value>3 hours: a shower's pause is not the storm's end.</value>
    public static RainParameters Default { get; } = new(HazardKind.HeavyRain, TimeSpan.FromHours(3));

    /// <summary>Of landslides.</summary>
    /// <value>24 hours: slopes fail while the water still seeps in, up to a day after the rain. Chosen, not measured.</value>
    public static RainParameters Slopes { get; } = new(HazardKind.Landslide, TimeSpan.FromHours(24));
}

/// <summary>What the rain rule remembers from reading to reading.</summary>
/// <param name="Level">The level that stands.</param>
/// <param name="Onset">Phenomenon time of the reading that brought it; null before the first.</param>
/// <param name="Since">For each level from Action to Major the hours observed since a sum last reached it; −1 when that is over or never was.</param>
public sealed record RainState(HazardLevel Level, DateTimeOffset? Onset, ImmutableArray<double> Since)
{
    /// <summary>Before any reading.</summary>
    public static RainState Start { get; } = new(HazardLevel.None, null, [-1, -1, -1, -1]);
}

/// <summary>Sums of rain over 1 to 72 hours against thresholds. Pure.</summary>
public static class RainRule
{
    /// <summary>The rule's name in assessments.</summary>
    public const string Name = "rain-accumulation";

    /// <summary>The rule's version in assessments.</summary>
    public const string Version = "1";

    /// <summary>What the rule does, for people who check it.</summary>
    public const string Text =
        "The rain of the last 1, 3, 6, 12, 24, 48 and 72 hours is summed up to each reading. A level begins when a sum reaches one of its thresholds. "
        + "Hours without a trustworthy reading add nothing: the sum is then a lower bound, which can raise a level and never shows that it was dry. "
        + "A level ends when three hours of trustworthy readings have gone by without a sum reaching it; hours without readings do not count towards them. "
        + "Readings up to a day late change the level as if they had come in time; those up to three days late still count in the sums.";

    /// <summary>The state after one more reading.</summary>
    /// <param name="state">Before it.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="covers">The time it speaks for.</param>
    /// <param name="sums">The sums up to it.</param>
    /// <param name="setting">The thresholds.</param>
    public static RainState Next(RainState state, Reading reading, TimeSpan covers, IReadOnlyList<RainSum> sums, Setting setting)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(setting);
        var hold = (setting.Rain ?? RainParameters.Default).Hold.TotalHours;
        var reached = LevelOf(sums, setting);
        var observed = reading.Trust == Trust.Trusted ? covers.TotalHours : 0;
        var (since, level) = (new double[state.Since.Length], HazardLevel.None);
        for (var i = 0; i < since.Length; i++)
        {
            var hours = (int)reached > i ? 0 : state.Since[i] < 0 ? -1 : state.Since[i] + observed;
            since[i] = hours >= hold - 1e-9 ? -1 : Math.Round(hours, 6);
            level = since[i] >= 0 ? (HazardLevel)(i + 1) : level;
        }

        return new RainState(level, level == state.Level && state.Onset is not null ? state.Onset : reading.Time, [.. since]);
    }

    /// <summary>The highest level whose threshold a sum reaches.</summary>
    public static HazardLevel LevelOf(IReadOnlyList<RainSum> sums, Setting setting) =>
        setting.Thresholds.Where(threshold => Share(threshold, sums) >= 1).Select(threshold => threshold.Level).DefaultIfEmpty().Max();

    /// <summary>The threshold that a level rests on: of its thresholds the one that the rain comes nearest to or exceeds the most; for None the one it comes nearest to. Null when no window of a threshold can be told.</summary>
    public static StageThreshold? Deciding(HazardLevel level, IReadOnlyList<RainSum> sums, Setting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Thresholds.Where(threshold => (level == HazardLevel.None || threshold.Level == level) && Share(threshold, sums) >= 0)
            .MaxBy(threshold => Share(threshold, sums));
    }

    // A millionth less than the threshold is the arithmetic of a sum and no difference in rain.
    private static double Share(StageThreshold threshold, IReadOnlyList<RainSum> sums) =>
        sums.FirstOrDefault(sum => sum.Hours == threshold.Hours) is { } sum ? (sum.Depth + 1e-6) / threshold.Value : -1;
}
