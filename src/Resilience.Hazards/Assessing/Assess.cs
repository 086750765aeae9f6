using System.Collections.Immutable;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>A change worth saying: level, silence, or (from Action up) which way the water goes.</summary>
/// <param name="State">What the rules know at that point.</param>
/// <param name="Reading">The newest reading it rests on.</param>
/// <param name="Silent">Whether the station is silent.</param>
/// <param name="Previous">What was said before, or null.</param>
/// <param name="Id">The assessment's id.</param>
public sealed record Change(RuleState State, Reading Reading, bool Silent, Published? Previous, Guid Id)
{
    /// <summary>The rise upstream for which a silent gauge stands at Action; null otherwise.</summary>
    public UpstreamRise? Upstream { get; init; }

    /// <summary>The rain it rests on; null for water levels.</summary>
    public RainFinding? Rain { get; init; }

    /// <summary>The heat or cold it rests on; null for everything else.</summary>
    public FeltFinding? Felt { get; init; }

    /// <summary>What is being said, to compare with what comes next.</summary>
    public Published Published => new(Id, State.Level, Silent, TrendWorthSaying(State));

    /// <summary>Below Action nobody is told which way the water goes.</summary>
    internal static Trend TrendWorthSaying(RuleState state) => state.Level == HazardLevel.None ? Trend.Unknown : state.Stage.Trend;
}

/// <summary>The pure heart of the module: memory and readings in, memory and changes out.</summary>
public static class Assess
{
    /// <summary>
    /// Takes readings (in any order, repeats allowed) into the memory and says what changed. Readings ahead of everything
    /// known are gone through one by one, so each change among them is said; readings that rewrite history only change
    /// what stands now. A rise upstream counts only when the station is silent; humidity and wind only beside air temperature.
    /// </summary>
    public static (Memory Memory, IReadOnlyList<Change> Changes) Next(
        string datastreamId, Setting setting, Memory memory, IEnumerable<Reading> readings, DateTimeOffset now, UpstreamRise? upstream = null, Beside? beside = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(memory);
        if (setting.Rain is not null)
        {
            return AssessRain.Next(datastreamId, setting, memory, readings, now);
        }

        if (setting.Felt is not null)
        {
            return AssessFelt.Next(datastreamId, setting, memory, readings, beside ?? Beside.Nothing, now);
        }

        var newestBefore = memory.Newest ?? DateTimeOffset.MinValue;
        var window = Merge(memory, readings);
        if (window.IsEmpty)
        {
            return (memory, []);
        }

        setting = setting.Heard(window);
        var silent = now - window[^1].Time > setting.LongestPause;
        var changes = new List<Change>();
        var said = memory.Published;
        var (checkpoint, checkpointAt, keepFrom) = (memory.Checkpoint, memory.CheckpointAt, 0);
        var state = checkpoint;
        var latch = memory.Latch;
        for (var i = 0; i < window.Length; i++)
        {
            state = Fold(state, window[i], setting, ref latch);
            if (window.Length - i > Memory.Most || window[^1].Time - window[i].Time > Memory.Span)
            {
                (checkpoint, checkpointAt, keepFrom) = (state, window[i].Time, i + 1);
            }

            if (window[i].Time > newestBefore)
            {
                // While it catches up the station is not yet known to be silent: that is judged at the newest reading.
                Say(state, window[i], silent && i == window.Length - 1, ref said, changes, datastreamId);
            }
        }

        state = latch is null ? state : WithOutburst(state, latch);
        if (silent && setting.Lake is { } tuning && LakeRule.FromSilence(state.Lake, new Sample(window[^1].Time, window[^1].Value), tuning) is { } outburst)
        {
            state = WithOutburst(state, outburst);
        }

        // Silence is a signal: while the water rises upstream the flood may have taken the gauge. What was raised so stands until it speaks.
        var raised = silent && state.Level < HazardLevel.Action && (upstream is not null || said is { Silent: true, Level: >= HazardLevel.Action });
        state = raised ? state with { Level = HazardLevel.Action, Onset = window[^1].Time } : state;
        Say(state, window[^1], silent, ref said, changes, datastreamId, raised ? upstream : null);
        return (new Memory(checkpoint, checkpointAt, window[keepFrom..], state.Lake.Outburst, said), changes);
    }

    private static RuleState Fold(RuleState state, Reading reading, Setting setting, ref Outburst? latch)
    {
        var stage = StageRule.Next(state.Stage, reading, setting);
        if (setting.Lake is not { } tuning)
        {
            return new RuleState(stage, state.Lake, stage.Level, stage.Onset);
        }

        var before = state.Lake;
        if (latch is not null && reading.Time >= latch.At)
        {
            before = before.Outburst is null ? before with { Outburst = latch, SignAt = Later(before.SignAt, latch.At) } : before;
            latch = null;
        }

        var lake = LakeRule.Next(before, stage, reading, setting);
        // Calm hours are counted by accepted readings: doubt never turns a warning off.
        var heard = lake.Recent.IsEmpty ? reading.Time : lake.Recent[^1].Time;
        var level = LakeRule.LevelOf(lake, stage, heard, tuning);
        var onset = level == state.Level && state.Onset is not null ? state.Onset : lake.Outburst?.At ?? reading.Time;
        return new RuleState(stage, lake, level, onset);
    }

    private static RuleState WithOutburst(RuleState state, Outburst outburst) => state.Lake.Outburst is not null ? state : state with
    {
        Lake = state.Lake with { Outburst = outburst, SignAt = Later(state.Lake.SignAt, outburst.At) },
        Level = HazardLevel.Major,
        Onset = outburst.At,
    };

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a > b ? a.Value : b;

    internal static void Say(
        RuleState state, Reading reading, bool silent, ref Published? said, List<Change> changes, string datastreamId, UpstreamRise? upstream = null, Func<RainFinding>? rain = null,
        Func<FeltFinding>? felt = null)
    {
        var trend = Change.TrendWorthSaying(state);
        if (said is not null && said.Level == state.Level && said.Silent == silent && said.Trend == trend)
        {
            return;
        }

        var id = StableId.From(
            "hazards.assessment", datastreamId, said?.Id.ToString() ?? "", reading.Time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            state.Level.ToString(), silent ? "silent" : "heard", trend.ToString());
        var change = new Change(state, reading, silent, said, id) { Upstream = upstream, Rain = rain?.Invoke(), Felt = felt?.Invoke() };
        changes.Add(change);
        said = change.Published;
    }

    private static ImmutableArray<Reading> Merge(Memory memory, IEnumerable<Reading> readings)
    {
        // What the checkpoint holds already is too late to change.
        var after = memory.CheckpointAt ?? DateTimeOffset.MinValue;
        var byTime = new SortedDictionary<DateTimeOffset, Reading>();
        foreach (var reading in memory.Window)
        {
            byTime[reading.Time] = reading;
        }

        foreach (var reading in readings)
        {
            if (reading.Time > after && (!byTime.TryGetValue(reading.Time, out var there) || reading.Revision > there.Revision))
            {
                byTime[reading.Time] = reading;
            }
        }

        return [.. byTime.Values];
    }
}
