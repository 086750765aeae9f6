using System.Collections.Immutable;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>How an outburst was recognised.</summary>
public enum OutburstSign
{
    /// <summary>The lake fell deep within minutes.</summary>
    SuddenDrop,

    /// <summary>The lake was found much lower after a silence that followed a sign of danger.</summary>
    LowerAfterSilence,

    /// <summary>The station fell silent within an hour of a sign of danger: the flood may have taken it.</summary>
    DyingSensor,
}

/// <summary>An outburst taken for real until the lake has long been calm.</summary>
/// <param name="At">Phenomenon time of the reading that showed it; for a dying sensor its last reading.</param>
/// <param name="Sign">How it was recognised.</param>
/// <param name="From">The level before.</param>
/// <param name="To">The level after; the same as before for a dying sensor.</param>
/// <param name="Within">How long the fall took.</param>
public sealed record Outburst(DateTimeOffset At, OutburstSign Sign, double From, double To, TimeSpan Within);

/// <summary>What the outburst rule remembers besides the stage rule's state.</summary>
public sealed record LakeState
{
    /// <summary>Before any reading.</summary>
    public static LakeState Start { get; } = new();

    /// <summary>Accepted readings of the last hour.</summary>
    public ImmutableArray<Sample> Recent { get; init; } = [];

    /// <summary>A reading doubted for its speed that waits for the next to confirm it.</summary>
    public Sample? Unconfirmed { get; init; }

    /// <summary>The last time the lake was above its action level or rising fast.</summary>
    public DateTimeOffset? SignAt { get; init; }

    /// <summary>The highest of the readings that rose fast, for the text; null when the sign was the action level.</summary>
    public double? Rise { get; init; }

    /// <summary>Since when readings have come without a silence between them.</summary>
    public DateTimeOffset? UnbrokenSince { get; init; }

    /// <summary>The outburst that stands, or null.</summary>
    public Outburst? Outburst { get; init; }
}

/// <summary>
/// A glacial lake that empties suddenly. A falling level and a dying sensor are what an outburst looks like from the lake, so
/// neither may ever read as all-clear: on 20 June 2019 the outlet station of Thorthormi Tsho showed 8.04 m, fell within five
/// minutes and was then damaged by the flood itself. Pure.
/// </summary>
public static class LakeRule
{
    /// <summary>The rule's name in assessments.</summary>
    public const string Name = "glacial-lake";

    /// <summary>The rule's version in assessments.</summary>
    public const string Version = "2";

    /// <summary>What the rule does, for people who check it.</summary>
    public const string Text =
        "A fall of 0.5 m or more within 15 minutes is an outburst (Major). So is a station that falls silent within an hour after the lake stood above its action level or rose 0.5 m in an hour, "
        + "and a lake found 0.5 m lower after such a silence. A rise of 0.5 m in an hour is Action. A fall is never an all-clear: a level ends only after 12 calm hours, an outburst after 24 hours with 6 hours of unbroken readings. Doubtful readings are not counted among the calm ones.";

    /// <summary>The state after one more reading; <paramref name="stage"/> is the stage rule's state after it.</summary>
    public static LakeState Next(LakeState state, StageState stage, Reading reading, Setting setting)
    {
        var tuning = setting.Lake!;
        if (reading.Trust == Trust.Doubtful)
        {
            return state;
        }

        var sample = new Sample(reading.Time, reading.Value);
        if (reading.Trust == Trust.Sudden && !IsAlarmingFall(state, sample, tuning))
        {
            if (state.Unconfirmed is not { } first || Math.Abs(first.Value - sample.Value) > tuning.Agreement)
            {
                return state with { Unconfirmed = sample };
            }
        }

        if (state.Unconfirmed is { } waiting && Math.Abs(waiting.Value - sample.Value) <= tuning.Agreement)
        {
            state = Accept(state with { Unconfirmed = null }, stage, waiting, setting);
        }

        state = Accept(state with { Unconfirmed = null }, stage, sample, setting);
        return reading.Trust == Trust.Trusted ? Calm(state, stage, reading, tuning) : state;
    }

    /// <summary>The level of lake and stage together; <paramref name="newest"/> is the time of the newest accepted reading.</summary>
    public static HazardLevel LevelOf(LakeState state, StageState stage, DateTimeOffset newest, LakeParameters tuning)
    {
        if (state.Outburst is not null)
        {
            return HazardLevel.Major;
        }

        var signed = state.SignAt is { } sign && newest - sign < tuning.Calm;
        return signed && stage.Level < HazardLevel.Action ? HazardLevel.Action : stage.Level;
    }

    /// <summary>The outburst that a silence beginning after <paramref name="last"/> means, or null when nothing pointed to one.</summary>
    public static Outburst? FromSilence(LakeState state, Sample last, LakeParameters tuning)
    {
        if (state.Outburst is not null)
        {
            return state.Outburst;
        }

        var fell = state.Unconfirmed is { } waiting && !state.Recent.IsEmpty && state.Recent[^1].Value - waiting.Value >= tuning.Drop;
        var signed = state.SignAt is { } sign && last.Time - sign <= tuning.SignHolds;
        return fell || signed ? new Outburst(last.Time, OutburstSign.DyingSensor, last.Value, last.Value, TimeSpan.Zero) : null;
    }

    private static bool IsAlarmingFall(LakeState state, Sample sample, LakeParameters tuning) =>
        state.SignAt is { } sign && sample.Time - sign <= tuning.SignHolds && Fall(state, sample, tuning) is not null;

    private static Sample? Fall(LakeState state, Sample sample, LakeParameters tuning)
    {
        Sample? highest = null;
        foreach (var before in state.Recent)
        {
            if (sample.Time - before.Time <= tuning.DropWithin && before.Value - sample.Value >= tuning.Drop && (highest is null || before.Value >= highest.Value.Value))
            {
                highest = before;
            }
        }

        return highest;
    }

    private static LakeState Accept(LakeState state, StageState stage, Sample sample, Setting setting)
    {
        var tuning = setting.Lake!;
        var last = state.Recent.IsEmpty ? (Sample?)null : state.Recent[^1];
        var silent = last is { } l && sample.Time - l.Time > setting.LongestPause;
        Outburst? outburst = null;
        if (Fall(state, sample, tuning) is { } from)
        {
            outburst = new Outburst(sample.Time, OutburstSign.SuddenDrop, from.Value, sample.Value, sample.Time - from.Time);
        }
        else if (silent && last is { } before && before.Value - sample.Value >= tuning.Drop && state.SignAt is { } sign && before.Time - sign <= tuning.SignHolds)
        {
            outburst = new Outburst(sample.Time, OutburstSign.LowerAfterSilence, before.Value, sample.Value, sample.Time - before.Time);
        }

        var rise = 0.0;
        foreach (var earlier in state.Recent)
        {
            rise = sample.Time - earlier.Time <= tuning.RiseWithin ? Math.Max(rise, sample.Value - earlier.Value) : rise;
        }

        var high = setting.LevelAt(sample.Value) >= HazardLevel.Action || stage.Pending is not null;
        var recent = state.Recent.Add(sample);
        var first = 0;
        while (recent.Length - first > 1 && (sample.Time - recent[first].Time > tuning.RiseWithin || recent.Length - first > 128))
        {
            first++;
        }

        return state with
        {
            Recent = recent.RemoveRange(0, first),
            SignAt = rise >= tuning.Rise || high || outburst is not null ? sample.Time : state.SignAt,
            Rise = rise >= tuning.Rise ? rise : high ? null : state.Rise,
            UnbrokenSince = silent ? sample.Time : state.UnbrokenSince ?? sample.Time,
            Outburst = state.Outburst is null || outburst is { Sign: OutburstSign.SuddenDrop } && state.Outburst.Sign != OutburstSign.SuddenDrop ? outburst ?? state.Outburst : state.Outburst,
        };
    }

    private static LakeState Calm(LakeState state, StageState stage, Reading reading, LakeParameters tuning)
    {
        var calm = state.SignAt is not { } sign || reading.Time - sign >= tuning.Calm * 2;
        var heard = state.UnbrokenSince is { } since && reading.Time - since >= tuning.Calm / 2;
        return state.Outburst is { } outburst && calm && heard && stage.Trend != Trend.Falling && reading.Time - outburst.At >= tuning.Calm * 2
            ? state with { Outburst = null }
            : state;
    }
}
