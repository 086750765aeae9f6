using System.Collections.Immutable;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>What a level of rain rests on.</summary>
/// <param name="Sums">All windows up to the reading.</param>
/// <param name="Threshold">The threshold that decided, or that the rain came nearest to.</param>
/// <param name="Fell">The readings of that threshold's window that say something: rain, or a doubt. At most a hundred, the newest.</param>
/// <param name="Latest">The last readings, wet or not.</param>
public sealed record RainFinding(IReadOnlyList<RainSum> Sums, StageThreshold? Threshold, IReadOnlyList<Reading> Fell, IReadOnlyList<Reading> Latest)
{
    private const int Most = 100;

    /// <summary>The sum the threshold is held against; null without a threshold.</summary>
    public RainSum? Sum => Sums.FirstOrDefault(sum => sum.Hours == Threshold?.Hours);

    internal static RainFinding Of(ImmutableArray<Reading> readings, int index, HazardLevel level, Setting setting)
    {
        var sums = RainSums.At(readings, index, setting);
        var threshold = RainRule.Deciding(level, sums, setting);
        var begin = readings[index].Time - TimeSpan.FromHours(threshold?.Hours ?? 0);
        return new RainFinding(
            sums, threshold,
            [.. readings.Take(index + 1).Where(reading => reading.Time > begin && (reading.Value != 0 || reading.Trust != Trust.Trusted)).TakeLast(Most)],
            [.. readings.Take(index + 1).TakeLast(Evidence.Most)]);
    }
}

/// <summary><see cref="Assess.Next"/> of a rain gauge. Pure.</summary>
internal static class AssessRain
{
    internal static (Memory Memory, IReadOnlyList<Change> Changes) Next(string datastreamId, Setting setting, Memory memory, IEnumerable<Reading> more, DateTimeOffset now)
    {
        var before = memory.Rain ?? RainMemory.Empty;
        var newestBefore = memory.Newest ?? DateTimeOffset.MinValue;
        var (readings, changed) = before.Merge(more);
        if (readings.IsEmpty)
        {
            return (memory, []);
        }

        var silent = now - readings[^1].Time > setting.Heard([.. readings.Skip(readings.Length - RainSums.Gaps - 1)]).LongestPause;
        var changes = new List<Change>();
        var said = memory.Published;
        // Readings ahead of everything known go on from where the rule stood; others, and other thresholds, make it go through the last day again.
        var first = FirstAfter(readings, before.CheckpointAt);
        var late = changed >= readings.Length || readings[changed].Time <= newestBefore;
        var from = late ? first : changed;
        var (state, checkpoint, checkpointAt) = (late ? before.Checkpoint : before.Head, before.Checkpoint, before.CheckpointAt);
        var settled = FirstAfter(readings, readings[^1].Time - RainMemory.Span);
        for (var i = first; i < Math.Min(settled, from); i++)
        {
            (checkpoint, checkpointAt) = (Fold(checkpoint, readings, i, setting), readings[i].Time);
        }

        for (var i = from; i < readings.Length; i++)
        {
            state = Fold(state, readings, i, setting);
            if (i < settled)
            {
                (checkpoint, checkpointAt) = (state, readings[i].Time);
            }

            if (readings[i].Time > newestBefore)
            {
                Say(i, silent && i == readings.Length - 1);
            }
        }

        Say(readings.Length - 1, silent);
        return (memory with { Rain = new RainMemory(RainMemory.Keep(readings, checkpointAt), checkpoint, checkpointAt, state), Published = said }, changes);

        void Say(int index, bool isSilent) => Assess.Say(
            new RuleState(StageState.Start, LakeState.Start, state.Level, state.Onset), readings[index], isSilent, ref said, changes,
            // Heavy rain and landslides are said of the same readings: their ids must differ.
            setting.Concern == HazardKind.HeavyRain ? datastreamId : $"{datastreamId} {setting.Concern}",
            rain: () => RainFinding.Of(readings, index, state.Level, setting));
    }

    private static RainState Fold(RainState state, ImmutableArray<Reading> readings, int index, Setting setting) =>
        RainRule.Next(state, readings[index], RainSums.Covers(readings, index, setting), RainSums.At(readings, index, setting), setting);

    /// <summary>Index of the first reading after a time; 0 when there is none to be after.</summary>
    private static int FirstAfter(ImmutableArray<Reading> readings, DateTimeOffset? time)
    {
        var index = readings.Length;
        while (index > 0 && !(readings[index - 1].Time <= time))
        {
            index--;
        }

        return index;
    }
}
