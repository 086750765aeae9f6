using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Core;

namespace Resilience.Hazards.Thresholds;

/// <summary>How far a change of thresholds has come.</summary>
public enum RevisionState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>The gauge is judged by it.</summary>
    InForce,

    /// <summary>Another took its place.</summary>
    Superseded,

    /// <summary>A second person said no, or the first took it back.</summary>
    Rejected,
}

/// <summary>
/// A gauge's thresholds as an agency sets them, two people together: they take the place of the carried and the assumed ones. Each keeps what
/// its trial on past readings showed, by which version of the rule, and who decided.
/// </summary>
public sealed record ThresholdRevision
{
    /// <summary>Follows from datastream and number.</summary>
    public required Guid Id { get; init; }

    /// <summary>The datastream judged.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>What it is judged for by them: rain has thresholds as heavy rain and others for landslides.</summary>
    public required HazardKind Concern { get; init; }

    /// <summary>Its station.</summary>
    public required string StationId { get; init; }

    /// <summary>1 for the datastream's first, and so on.</summary>
    public required int Number { get; init; }

    /// <summary>How far it has come.</summary>
    public required RevisionState State { get; init; }

    /// <summary>Unit of the values: the datastream's when they were proposed.</summary>
    public required string Unit { get; init; }

    /// <summary>JSON array of <see cref="OwnThreshold"/>, rising; empty: back to what is carried or assumed.</summary>
    public required string Values { get; init; }

    /// <summary>Where the values come from: a study, a survey, marks on the wall.</summary>
    public required string Source { get; init; }

    /// <summary>JSON of the trial the second person sees.</summary>
    public required string Trial { get; init; }

    /// <summary>Version of the rule it was tried with.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>Who proposed it.</summary>
    public required Guid ProposedBy { get; init; }

    /// <summary>Their name.</summary>
    public required string ProposedByName { get; init; }

    /// <summary>When, on the chain's clock.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Who decided; null while it waits. Never who proposed, unless it was taken back.</summary>
    public Guid? DecidedBy { get; init; }

    /// <summary>Their name.</summary>
    public string? DecidedByName { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What they said.</summary>
    public string? Note { get; init; }

    /// <summary>Why it shall be in force though too little of the gauge's past is known; null where its past was replayed. In force it is by both people's word.</summary>
    public string? WithoutHistory { get; init; }

    /// <summary>The version of layer <c>hazards.revisions</c> at which it last changed.</summary>
    public required long LayerVersion { get; init; }

    /// <summary>The values.</summary>
    public IReadOnlyList<OwnThreshold> Own() => JsonSerializer.Deserialize(Values, OwnThresholdJson.Default.IReadOnlyListOwnThreshold)!;

    /// <summary>As they stand in <see cref="Values"/>.</summary>
    internal static string Write(IReadOnlyList<OwnThreshold> values) => JsonSerializer.Serialize(values, OwnThresholdJson.Default.IReadOnlyListOwnThreshold);
}

/// <summary>Where a level begins, in the datastream's unit; of rain as the sum over so many hours.</summary>
public sealed record OwnThreshold(HazardLevel Level, double Value, int? Hours = null);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<OwnThreshold>))]
internal sealed partial class OwnThresholdJson : JsonSerializerContext;
