using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>What the rules know after some readings.</summary>
/// <param name="Stage">The stage rule's state.</param>
/// <param name="Lake">The outburst rule's state; unused for a river.</param>
/// <param name="Level">The level that stands.</param>
/// <param name="Onset">When it began.</param>
public sealed record RuleState(StageState Stage, LakeState Lake, HazardLevel Level, DateTimeOffset? Onset)
{
    /// <summary>Before any reading.</summary>
    public static RuleState Start { get; } = new(StageState.Start, LakeState.Start, HazardLevel.None, null);
}

/// <summary>What was last said of a datastream.</summary>
public sealed record Published(Guid Id, HazardLevel Level, bool Silent, Trend Trend);

/// <summary>
/// All that is kept of a datastream between batches. The window holds the readings of the last six hours; the checkpoint is the state
/// before the first of them. A reading that comes late is put in its place and the window is gone through again, so the order of
/// arrival does not matter within it; what is older than the window is too late to change the state.
/// </summary>
/// <param name="Checkpoint">The state before the window.</param>
/// <param name="CheckpointAt">Time of the last reading in the checkpoint, or null.</param>
/// <param name="Window">Readings by time, one per time.</param>
/// <param name="Latch">An outburst that was seen and must not vanish because history is told anew.</param>
/// <param name="Published">What was last said; null before the first assessment.</param>
public sealed record Memory(RuleState Checkpoint, DateTimeOffset? CheckpointAt, ImmutableArray<Reading> Window, Outburst? Latch, Published? Published)
{
    /// <summary>Before any reading.</summary>
    public static Memory Empty { get; } = new(RuleState.Start, null, [], null, null);

    /// <summary>How far back a late reading still counts.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromHours(6);

    /// <summary>At most so many readings are kept: six hours at one reading a minute and some.</summary>
    public const int Most = 400;

    /// <summary>What is kept of a rain gauge; null for water levels, and their window is empty for rain.</summary>
    public RainMemory? Rain { get; init; }

    /// <summary>What is kept of a thermometer; null for everything else.</summary>
    public FeltMemory? Felt { get; init; }

    /// <summary>Time of the newest reading, or null.</summary>
    [JsonIgnore]
    public DateTimeOffset? Newest => Recent.Count == 0 ? null : Recent[^1].Time;

    /// <summary>The readings that are kept, by time.</summary>
    [JsonIgnore]
    public IReadOnlyList<Reading> Recent => Rain is { } rain ? rain.Readings : Felt is { } felt ? felt.Air : Window;
}

/// <summary>How the memory is written to the database.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Memory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
