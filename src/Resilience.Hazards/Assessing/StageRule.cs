using System.Collections.Immutable;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>A level that waits for a second reading.</summary>
/// <param name="Level">The lowest level all of them reach.</param>
/// <param name="Since">The first of them.</param>
/// <param name="Count">How many readings in a row.</param>
/// <param name="Trusted">How many of them are trusted.</param>
/// <param name="Sudden">How many of them are doubted only for their speed.</param>
public sealed record Pending(HazardLevel Level, DateTimeOffset Since, int Count, int Trusted, int Sudden);

/// <summary>What the stage rule remembers from reading to reading.</summary>
public sealed record StageState
{
    /// <summary>Before any reading.</summary>
    public static StageState Start { get; } = new();

    /// <summary>The level that stands.</summary>
    public HazardLevel Level { get; init; }

    /// <summary>Phenomenon time of the reading that brought the level; the first reading for None.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>True when the level stands on a rise that will cross, not on a crossing.</summary>
    public bool Projected { get; init; }

    /// <summary>A higher level that waits for confirmation.</summary>
    public Pending? Pending { get; init; }

    /// <summary>Since when trusted readings have been below the level's threshold less the deadband.</summary>
    public DateTimeOffset? BelowSince { get; init; }

    /// <summary>The highest of those readings.</summary>
    public double BelowHighest { get; init; }

    /// <summary>Trusted readings of the last hour, and at least three of the last six.</summary>
    public ImmutableArray<Sample> Recent { get; init; } = [];

    /// <summary>Which way the water goes.</summary>
    public Trend Trend { get; init; }

    /// <summary>Per hour, in the datastream's unit; null with fewer than three readings.</summary>
    public double? Rate { get; init; }
}

/// <summary>
/// Action, minor, moderate and major flood stage: up at the threshold once confirmed, down only well below it and after a
/// while, and ahead of the threshold when the present rise will cross it. Pure.
/// </summary>
public static class StageRule
{
    /// <summary>The rule's name in assessments.</summary>
    public const string Name = "river-stage";

    /// <summary>The rule's version in assessments.</summary>
    public const string Version = "1";

    /// <summary>What the rule does, for people who check it.</summary>
    public const string Text =
        "A level begins when two readings in a row reach its threshold (one of them trustworthy), or one trustworthy reading is at least 0.30 m above it. "
        + "It ends when trustworthy readings have stayed at least 0.05 m below the threshold for one hour. "
        + "When the present rise (at least 0.05 m/h) carried on for two hours crosses a threshold, the level becomes Action, or higher if the water is within 0.15 m of that threshold. "
        + "A doubtful reading neither raises alone nor clears; silence keeps the last level. "
        + "For a discharge these lengths are shares of its lowest threshold: 20, 3, 3 and 10 %.";

    /// <summary>The state after one more reading; readings must come in order of time.</summary>
    public static StageState Next(StageState state, Reading reading, Setting setting)
    {
        state = state with { Onset = state.Onset ?? reading.Time };
        if (reading.Trust == Trust.Trusted)
        {
            state = Slope.Add(state, reading, setting.Stage.TrendRate);
        }

        state = Raise(state, reading, setting);
        if (reading.Trust != Trust.Trusted)
        {
            return state;
        }

        var ahead = LevelAhead(state, reading.Value, setting);
        if (ahead > state.Level)
        {
            state = state with { Level = ahead, Onset = reading.Time, Projected = true, BelowSince = null };
        }

        return Lower(state, reading, ahead, setting);
    }

    private static StageState Raise(StageState state, Reading reading, Setting setting)
    {
        var reached = setting.LevelAt(reading.Value);
        if (reached >= state.Level && state.Projected && reached != HazardLevel.None)
        {
            state = state with { Projected = false };
        }

        if (reached <= state.Level)
        {
            return reading.Trust == Trust.Trusted ? state with { Pending = null } : state;
        }

        var trusted = reading.Trust == Trust.Trusted ? 1 : 0;
        var sudden = reading.Trust == Trust.Sudden ? 1 : 0;
        var pending = state.Pending is { } before
            ? new Pending((HazardLevel)Math.Min((int)before.Level, (int)reached), before.Since, before.Count + 1, before.Trusted + trusted, before.Sudden + sudden)
            : new Pending(reached, reading.Time, 1, trusted, sudden);
        var confirmed = pending is { Count: >= 2, Trusted: >= 1 } || pending.Trusted + pending.Sudden >= 3;
        var far = trusted == 1 ? setting.LevelAt(reading.Value, setting.Stage.FarAbove) : HazardLevel.None;
        var target = confirmed && pending.Level > far ? pending.Level : far;
        if (target <= state.Level)
        {
            return state with { Pending = pending };
        }

        return state with
        {
            Level = target,
            Onset = confirmed ? pending.Since : reading.Time,
            Projected = false,
            BelowSince = null,
            Pending = reached > target ? new Pending(reached, reading.Time, 1, trusted, sudden) : null,
        };
    }

    /// <summary>The level the present rise leads to within the lead time; None when it leads nowhere.</summary>
    private static HazardLevel LevelAhead(StageState state, double value, Setting setting)
    {
        var tuning = setting.Stage;
        if (state.Rate is not { } rate || rate < tuning.MinimumRate)
        {
            return HazardLevel.None;
        }

        var level = HazardLevel.None;
        foreach (var threshold in setting.Thresholds)
        {
            if (threshold.Value > value && threshold.Value <= value + (rate * tuning.LeadTime.TotalHours))
            {
                var close = threshold.Value - value <= tuning.Close;
                var reached = close ? threshold.Level : HazardLevel.Action;
                level = reached > level ? reached : level;
            }
        }

        return level;
    }

    private static StageState Lower(StageState state, Reading reading, HazardLevel ahead, Setting setting)
    {
        if (state.Level == HazardLevel.None)
        {
            return state;
        }

        var holds = setting.Find(state.Level) is { } threshold && reading.Value >= threshold.Value - setting.Stage.Deadband;
        if (holds || ahead >= state.Level)
        {
            return state with { BelowSince = null };
        }

        var since = state.BelowSince ?? reading.Time;
        var highest = state.BelowSince is null ? reading.Value : Math.Max(state.BelowHighest, reading.Value);
        if (reading.Time - since < setting.Stage.MinimumBelow)
        {
            return state with { BelowSince = since, BelowHighest = highest };
        }

        var lower = (HazardLevel)Math.Min((int)setting.LevelAt(highest, -setting.Stage.Deadband), (int)state.Level - 1);
        return state with { Level = lower, Onset = reading.Time, Projected = false, BelowSince = null, Pending = null };
    }
}
