using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Hazards.Frequency;

namespace Resilience.Hazards.Assessing;

/// <summary>What an assessment rests on: kept with it, so that it can be checked long after.</summary>
/// <param name="Datastream">The datastream.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Text">The rule in words.</param>
/// <param name="Readings">The last readings the rule saw, oldest first, at most twelve; of rain those in the window that decided which are above zero or doubted, at most a hundred.</param>
/// <param name="Thresholds">The thresholds it was judged by.</param>
/// <param name="Confidence">How the confidence came about.</param>
public sealed record Evidence(
    string Datastream, string Unit, string Text, IReadOnlyList<EvidenceReading> Readings, IReadOnlyList<StageThreshold> Thresholds, IReadOnlyList<ConfidencePart> Confidence)
{
    /// <summary>The warning of another authority that is relayed; null for an assessment of our own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RelayedWarning? Relayed { get; init; }

    /// <summary>The rasters it rests on; null where gauges are judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeenFromAbove? Seen { get; init; }

    /// <summary>The rain of each window, and how much of it was not observed; null for water levels.</summary>
    public IReadOnlyList<RainSum>? Sums { get; init; }

    /// <summary>What was felt, and from what that follows; null for everything but heat and cold.</summary>
    public Felt? Felt { get; init; }

    /// <summary>The window that decided, in hours; null for water levels.</summary>
    public int? DecidingHours { get; init; }

    /// <summary>How rare the water is at this gauge; null where no record says it, below Action, and for everything but rivers.</summary>
    public Rarity? Rarity { get; init; }

    /// <summary>How many readings are kept.</summary>
    public const int Most = 12;

    /// <summary>As it stands in the database.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvidenceJson.Default.Evidence);

    /// <summary>From the database.</summary>
    public static Evidence FromJson(string json) => JsonSerializer.Deserialize(json, EvidenceJson.Default.Evidence)!;
}

/// <summary>One observation, by its key and with its raw value.</summary>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Revision">The correction number.</param>
/// <param name="Value">Raw value in the datastream's unit.</param>
/// <param name="Quality">Its flags.</param>
public sealed record EvidenceReading(DateTimeOffset Time, int Revision, double Value, IReadOnlyList<string> Quality);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
