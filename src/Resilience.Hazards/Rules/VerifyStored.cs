using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Verifying;
using Resilience.Storage;

namespace Resilience.Hazards.Rules;

/// <summary>A verification as it is kept.</summary>
public sealed record StoredVerification
{
    /// <summary>Follows from rule, version, data and result: the same run again is the same row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The version verified; a newer version has none of it.</summary>
    public required string Version { get; init; }

    /// <summary>The record.</summary>
    public required string Data { get; init; }

    /// <summary>When, on the chain's clock.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>JSON of <see cref="Verification"/>.</summary>
    public required string Result { get; init; }
}

/// <summary>A rule with how good it was (<c>RuleState</c> of <c>api.ts</c>).</summary>
/// <param name="Name">The rule.</param>
/// <param name="Version">The version that runs here.</param>
/// <param name="Text">What it does.</param>
/// <param name="Verifiable">True when this program can verify it on stored observations.</param>
/// <param name="VerifiedAt">When this version was last verified here; null when it never was: it judges all the same, and is verified by itself once there is history.</param>
/// <param name="Verification">What came of it; null likewise.</param>
/// <param name="Run">The verification of it that was asked for last; null when none was.</param>
public sealed record RuleState(string Name, string Version, string Text, bool Verifiable, DateTimeOffset? VerifiedAt, Verification? Verification, VerificationRun? Run);

/// <summary>GET <c>/hazards/rules</c>, and <c>/hazards/rules/sets</c>: the thresholds in force that nobody may take for verified. Coordinators. Thread-safe.</summary>
public sealed class VerifyStored(Store store)
{
    private const int MostSets = 200;
    private const int MostJudged = 10_000;

    internal static void Map(IEndpointRouteBuilder group)
    {
        var desk = group.MapGroup("/rules").RequireAuthorization(Roles.Coordinator);
        desk.MapGet("", List).WithName("ListRules").WithSummary("The rules that raise levels, each with how good this version of it was on past observations.");
        desk.MapGet("/sets", Sets).WithName("ListUnverifiedSets").WithSummary("Thresholds in force that were never verified, or put in force without history.");
    }

    /// <summary>Every rule with the newest verification of the version that runs.</summary>
    public async Task<IReadOnlyList<RuleState>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        var states = new List<RuleState>();
        foreach (var (name, version, text) in new[]
        {
            (StageRule.Name, StageRule.Version, StageRule.Text), (LakeRule.Name, LakeRule.Version, LakeRule.Text), (RainRule.Name, RainRule.Version, RainRule.Text),
            (SlopeRule.Name, SlopeRule.Version, SlopeRule.Text), (FeltRule.Name, FeltRule.Version, FeltRule.Text),
            (UpstreamRise.RuleName, UpstreamRise.RuleVersion, UpstreamRise.RuleText),
        })
        {
            var kept = await db.Verifications.Where(row => row.Rule == name && row.Version == version).OrderByDescending(row => row.VerifiedAt).FirstOrDefaultAsync(cancellationToken);
            states.Add(new RuleState(
                name, version, text, VerifyRules.Names.Contains(name), kept?.VerifiedAt, kept is null ? null : JsonSerializer.Deserialize(kept.Result, VerificationJson.Default.Verification),
                await db.Runs.Where(row => row.Rule == name).OrderByDescending(row => row.RequestedAt).FirstOrDefaultAsync(cancellationToken)));
        }

        return states;
    }

    private static async Task<JsonHttpResult<IReadOnlyList<RuleState>>> List(VerifyStored rules, CancellationToken cancellationToken) =>
        TypedResults.Json(await rules.ListAsync(cancellationToken), VerificationJson.Default.IReadOnlyListRuleState);

    /// <summary>Those first that two people put in force without history; by station then.</summary>
    private static async Task<JsonHttpResult<IReadOnlyList<ThresholdSet>>> Sets(Store store, VerifyThresholds sets, CancellationToken cancellationToken)
    {
        List<(string Datastream, string Station)> judged;
        await using (var db = store.Read<HazardsDb>())
        {
            judged = await VerifyThresholds.JudgedAsync(db, "", MostJudged, cancellationToken);
        }

        var unverified = (await sets.ListAsync(judged, cancellationToken)).Where(one => one.Standing != SetStanding.Verified || one.WithoutHistory is not null);
        return TypedResults.Json<IReadOnlyList<ThresholdSet>>([.. unverified.OrderBy(one => one.Standing != SetStanding.WithoutHistory).ThenBy(one => one.Standing).ThenBy(one => one.StationName, StringComparer.Ordinal).Take(MostSets)], VerificationJson.Default.IReadOnlyListThresholdSet);
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(IReadOnlyList<RuleState>))]
[JsonSerializable(typeof(IReadOnlyList<ThresholdSet>))]
[JsonSerializable(typeof(VerificationRun))]
[JsonSerializable(typeof(JudgedGauge))]
internal sealed partial class VerificationJson : JsonSerializerContext;
