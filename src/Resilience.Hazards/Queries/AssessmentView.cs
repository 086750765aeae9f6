using System.Text.Json.Serialization;
using Resilience.Core;

namespace Resilience.Hazards.Queries;

/// <summary>An assessment as the faces see it (<c>AssessmentProperties</c> of <c>api.ts</c>).</summary>
public record AssessmentView(
    string Station, string StationName, HazardKind Kind, HazardLevel Level, DateTimeOffset Onset, DateTimeOffset AssessedAt,
    double Confidence, bool Silent, string Summary, bool Exercise, Guid Assessment)
{
    /// <summary>The view of an assessment.</summary>
    public static AssessmentView Of(HazardAssessment a) => new(
        a.StationId, a.StationName, a.Kind, a.Level, a.Onset, a.AssessedAt, a.Confidence, a.Silent, a.Summary, a.Exercise, a.Id);
}

/// <summary>An assessment with its rule and evidence (<c>AssessmentDetail</c>).</summary>
public sealed record AssessmentDetail(
    string Station, string StationName, HazardKind Kind, HazardLevel Level, DateTimeOffset Onset, DateTimeOffset AssessedAt,
    double Confidence, bool Silent, string Summary, bool Exercise, Guid Assessment,
    RuleView Rule, IReadOnlyList<EvidenceView> Evidence, IReadOnlyList<Assessing.ConfidencePart> ConfidenceParts, Assessing.RelayedWarning? Relayed, IReadOnlyList<SumView>? Sums, Assessing.Felt? Felt, Assessing.SeenFromAbove? Seen, RarityView? Rarity)
    : AssessmentView(Station, StationName, Kind, Level, Onset, AssessedAt, Confidence, Silent, Summary, Exercise, Assessment);

/// <summary>The rule that decided.</summary>
public sealed record RuleView(string Name, string Version, string Text);

/// <summary>One observation it rests on.</summary>
public sealed record EvidenceView(string Datastream, DateTimeOffset Time, int Revision, double Value, string Unit, IReadOnlyList<string> Quality);

/// <summary>The rain of one window up to the assessment, with the thresholds it is held against.</summary>
public sealed record SumView(int Hours, double Depth, double MissingHours, bool Decided, IReadOnlyList<ThresholdView> Thresholds);

/// <summary>A station's thresholds, its present assessment and the ones before (<c>StationHazard</c>).</summary>
public sealed record StationHazard(IReadOnlyList<ThresholdView> Thresholds, IReadOnlyList<Verifying.ThresholdSet> Sets, AssessmentView? Current, IReadOnlyList<AssessmentView> History);

/// <summary>One threshold (<c>Threshold</c>).</summary>
public sealed record ThresholdView(HazardLevel Level, double Value, string Unit, string Source, bool Assumed, string Datastream, int? Hours = null, HazardKind? Kind = null);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AssessmentView))]
[JsonSerializable(typeof(AssessmentDetail))]
[JsonSerializable(typeof(StationHazard))]
internal sealed partial class HazardsJson : JsonSerializerContext;
