using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards.Verifying;

/// <summary>What came of replaying a datastream's history by exactly these thresholds and this version of the rule.</summary>
public sealed record VerifiedSet
{
    /// <summary>So many days must a gauge have been heard before its past says how good thresholds are: a month, with its weather.</summary>
    public const double EnoughDays = 30;

    /// <summary>The datastream.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>What it is judged for.</summary>
    public required HazardKind Concern { get; init; }

    /// <summary>The thresholds and the rule, as <see cref="Thresholds.SetVersion"/> names them.</summary>
    public required string SetVersion { get; init; }

    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Its version.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>When, on the chain's clock.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>For how many days the gauge was heard; pauses longer than a silence are left out.</summary>
    public required double HeardDays { get; init; }

    /// <summary>JSON of <see cref="SetResult"/>.</summary>
    public required string Result { get; init; }

    internal static VerifiedSet Of(string datastreamId, Setting setting, DateTimeOffset at, double heardDays, SetResult result) => new()
    {
        DatastreamId = datastreamId,
        Concern = setting.Concern,
        SetVersion = Thresholds.SetVersion.Of(setting),
        Rule = setting.Rule.Name,
        RuleVersion = setting.Rule.Version,
        VerifiedAt = at,
        HeardDays = heardDays,
        Result = JsonSerializer.Serialize(result, SetJson.Default.SetResult),
    };

    /// <summary>Keeps it, in place of what came of the same before.</summary>
    internal async Task KeepAsync(Step<HazardsDb> step, CancellationToken cancellationToken)
    {
        await step.Db.VerifiedSets.Where(kept => kept.DatastreamId == DatastreamId && kept.Concern == Concern && kept.SetVersion == SetVersion).ExecuteDeleteAsync(cancellationToken);
        step.Db.VerifiedSets.Add(this);
    }

    /// <summary>What came of it.</summary>
    internal SetResult Read() => JsonSerializer.Deserialize(Result, SetJson.Default.SetResult)!;
}

/// <summary>What thresholds did on the past of their gauge.</summary>
/// <param name="From">First reading.</param>
/// <param name="To">Last reading.</param>
/// <param name="Scores">Against what the water did; null where nothing records what came.</param>
/// <param name="Raised">How often each level began; null where there are scores.</param>
public sealed record SetResult(DateTimeOffset From, DateTimeOffset To, Scores? Scores, IReadOnlyList<RaisedLevel>? Raised);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SetResult))]
internal sealed partial class SetJson : JsonSerializerContext;
