using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>Readings of the same station that say how its air is felt, in % and m/s.</summary>
public sealed record Beside(IReadOnlyList<Reading> Humidity, IReadOnlyList<Reading> Wind)
{
    /// <summary>None.</summary>
    public static Beside Nothing { get; } = new([], []);
}

/// <summary>
/// What is kept of a thermometer between batches: the readings of a good day, and at least a dozen, with humidity and wind beside them. The level
/// is reckoned anew from them each time, so the order in which they came does not matter.
/// </summary>
/// <param name="Air">Air temperature by time, in the datastream's unit.</param>
/// <param name="Humidity">Relative humidity by time, %.</param>
/// <param name="Wind">Mean wind by time, m/s.</param>
/// <param name="Kind">Heat or cold: what was said last; null before the first.</param>
public sealed record FeltMemory(
    [property: JsonConverter(typeof(ReadingsJson))] ImmutableArray<Reading> Air, [property: JsonConverter(typeof(ReadingsJson))] ImmutableArray<Reading> Humidity,
    [property: JsonConverter(typeof(ReadingsJson))] ImmutableArray<Reading> Wind, HazardKind? Kind)
{
    /// <summary>Before any reading.</summary>
    public static FeltMemory Empty { get; } = new([], [], [], null);

    /// <summary>How late a reading may come and still count.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromHours(30);

    private const int Fewest = 12;
    private const int Most = 2500;

    internal FeltMemory With(IEnumerable<Reading> air, Beside beside)
    {
        var all = Merge(Air, air);
        var from = 0;
        while (from < all.Length - Fewest && (all[from].Time <= all[^1].Time - Span || from < all.Length - Most))
        {
            from++;
        }

        all = all[from..];
        // Not from the first air reading alone: one that is late may still come before it and needs its humidity.
        var since = all.IsEmpty ? DateTimeOffset.MinValue : (all[0].Time < all[^1].Time - Span ? all[0].Time : all[^1].Time - Span) - FeltParameters.Beside;
        return this with { Air = all, Humidity = After(Merge(Humidity, beside.Humidity), since), Wind = After(Merge(Wind, beside.Wind), since) };
    }

    private static ImmutableArray<Reading> After(ImmutableArray<Reading> readings, DateTimeOffset since) => [.. readings.Where(reading => reading.Time >= since).TakeLast(Most)];

    private static ImmutableArray<Reading> Merge(ImmutableArray<Reading> there, IEnumerable<Reading> more) =>
        [.. there.Concat(more).GroupBy(reading => reading.Time).Select(group => group.MaxBy(reading => reading.Revision)).OrderBy(reading => reading.Time)];
}

/// <summary>What a level of heat or cold rests on.</summary>
/// <param name="Kind">Heat or cold.</param>
/// <param name="Felt">What was felt at the reading.</param>
/// <param name="Threshold">The class it stands in; without a level the class this reading alone reaches, null when none.</param>
/// <param name="Reached">Whether this reading itself reaches the class, or the level only holds.</param>
/// <param name="Latest">The last readings of the air.</param>
public sealed record FeltFinding(HazardKind Kind, Felt Felt, StageThreshold? Threshold, bool Reached, IReadOnlyList<Reading> Latest);

/// <summary><see cref="Assess.Next"/> of a thermometer. Pure.</summary>
internal static class AssessFelt
{
    internal static (Memory Memory, IReadOnlyList<Change> Changes) Next(string datastreamId, Setting setting, Memory memory, IEnumerable<Reading> air, Beside beside, DateTimeOffset now)
    {
        var newestBefore = memory.Newest ?? DateTimeOffset.MinValue;
        var next = (memory.Felt ?? FeltMemory.Empty).With(air, beside);
        if (next.Air.IsEmpty)
        {
            return (memory with { Felt = next }, []);
        }

        var silent = now - next.Air[^1].Time > setting.Heard([.. next.Air.TakeLast(RainSums.Gaps + 1)]).LongestPause;
        var (changes, said, kind) = (new List<Change>(), memory.Published, next.Kind);
        var (heat, cold) = (new Side(setting, Cold: false), new Side(setting, Cold: true));
        var trusted = TimeSpan.Zero;
        for (var i = 0; i < next.Air.Length; i++)
        {
            var (felt, covers) = (FeltRule.At(next, i, setting.Felt!), RainSums.Covers(next.Air, i, setting));
            heat.Add(felt, next.Air[i], covers);
            cold.Add(felt, next.Air[i], covers);
            trusted += next.Air[i].Trust == Trust.Trusted ? covers : TimeSpan.Zero;
            var newest = i == next.Air.Length - 1;
            if (next.Air[i].Time > newestBefore || newest)
            {
                var side = cold.Level > heat.Level ? cold : heat;
                if (said is { Level: > HazardLevel.None } stands && side.Level < stands.Level && trusted < FeltParameters.Hold)
                {
                    // What raised it has left the window, and since then everything is doubted: that ends nothing.
                    Say(kind ?? side.Kind, stands.Level, next.Air[i].Time, felt, i, silent && newest);
                    continue;
                }

                var of = side.Level > HazardLevel.None ? side.Kind : kind ?? (felt.Celsius > 10 ? HazardKind.ExtremeHeat : HazardKind.ExtremeCold);
                if (kind is { } other && of != other && said is { Level: > HazardLevel.None })
                {
                    // After a long silence one may follow the other: what was raised for the first ends by itself.
                    Say(other, HazardLevel.None, next.Air[i].Time, felt, i, false);
                }

                Say(of, side.Level, side.Onset, felt, i, silent && newest);
                kind = of;
            }
        }

        return (memory with { Felt = next with { Kind = kind }, Published = said }, changes);

        void Say(HazardKind of, HazardLevel level, DateTimeOffset? onset, Felt felt, int index, bool isSilent)
        {
            var reached = FeltRule.LevelOf(felt, of == HazardKind.ExtremeCold, setting);
            // A reading that reaches a class raises nothing alone, but nobody is told that it reached none.
            var threshold = setting.Thresholds.FirstOrDefault(one => one.Kind == of && one.Level == (level == HazardLevel.None ? reached : level));
            Assess.Say(
                new RuleState(StageState.Start, LakeState.Start, level, onset), next.Air[index], isSilent, ref said, changes, datastreamId,
                felt: () => new FeltFinding(of, felt, threshold, reached >= level, [.. next.Air.Take(index + 1).TakeLast(Evidence.Most)]));
        }
    }

    /// <summary>The level of heat, or of cold, from reading to reading.</summary>
    private sealed record Side(Setting Setting, bool Cold)
    {
        private readonly double[] _since = [-1, -1, -1, -1];
        private HazardLevel _before;

        internal HazardKind Kind => Cold ? HazardKind.ExtremeCold : HazardKind.ExtremeHeat;

        internal HazardLevel Level { get; private set; }

        internal DateTimeOffset? Onset { get; private set; }

        internal void Add(Felt felt, Reading reading, TimeSpan covers)
        {
            if (reading.Trust == Trust.Trusted)
            {
                var reached = FeltRule.LevelOf(felt, Cold, Setting);
                var confirmed = (HazardLevel)Math.Min((int)reached, (int)_before);
                _before = reached;
                for (var i = 0; i < _since.Length; i++)
                {
                    var hours = (int)confirmed > i ? 0 : _since[i] < 0 ? -1 : _since[i] + covers.TotalHours;
                    _since[i] = hours >= FeltParameters.Hold.TotalHours - 1e-9 ? -1 : hours;
                }
            }

            var level = (HazardLevel)(Array.FindLastIndex(_since, hours => hours >= 0) + 1);
            (Onset, Level) = (level == Level && Onset is not null ? Onset : reading.Time, level);
        }
    }
}
