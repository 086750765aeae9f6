using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Verifying;

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
/// <param name="VerifiedAt">When this version was last verified here; null when it never was.</param>
/// <param name="Verification">What came of it; null likewise.</param>
public sealed record RuleState(string Name, string Version, string Text, bool Verifiable, DateTimeOffset? VerifiedAt, Verification? Verification);

/// <summary>GET <c>/hazards/rules</c>; POST <c>/hazards/rules/{name}/verify</c> replays the stored observations. Coordinators. Thread-safe.</summary>
public sealed class VerifyStored(Store store, ObservationQueries observations, SettingsInForce settings, LookBeside besides)
{
    /// <summary>At most so many gauges and readings of each, the newest, and no gauge is begun after so long: a replay must end while somebody waits for it.</summary>
    private const int MostGauges = 100;
    private const int MostReadings = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    internal static void Map(IEndpointRouteBuilder group)
    {
        var desk = group.MapGroup("/rules").RequireAuthorization(Roles.Coordinator);
        desk.MapGet("", List).WithName("ListRules").WithSummary("The rules that raise levels, each with how good this version of it was on past observations.");
        desk.MapPost("/{name}/verify", Verify).WithName("VerifyRule").WithSummary("Replays the stored observations through a rule and keeps what came of it.");
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
                name, version, text, VerifyRules.Names.Contains(name), kept?.VerifiedAt, kept is null ? null : JsonSerializer.Deserialize(kept.Result, VerificationJson.Default.Verification)));
        }

        return states;
    }

    /// <summary>Replays the stored observations of every assessed gauge and keeps the result.</summary>
    public Task<Verification> RunAsync(string rule, CancellationToken cancellationToken) => RunAsync(rule, Longest, cancellationToken);

    internal async Task<Verification> RunAsync(string rule, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (!VerifyRules.Names.Contains(rule))
        {
            throw new RefusalException("hazards.no-such-rule", $"There is no verification for the rule '{rule}'; known: {string.Join(", ", VerifyRules.Names)}.", 404);
        }

        List<string> ids;
        await using (var db = store.Read<HazardsDb>())
        {
            ids = await db.Memories.Select(row => row.DatastreamId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
        }

        var (now, begun) = (store.Clock.GetUtcNow(), Stopwatch.GetTimestamp());
        var (judged, left) = (new List<JudgedGauge>(), 0);
        foreach (var id in ids)
        {
            if (judged.Count >= MostGauges || Stopwatch.GetElapsedTime(begun) > longest)
            {
                left++;
                continue;
            }

            if (await JudgeAsync(rule, id, now, cancellationToken) is { } gauge)
            {
                judged.Add(gauge);
            }
        }

        // What was not looked at is said, so that nobody takes a part for the whole.
        var part = left == 0 ? "stored observations" : $"stored observations of {judged.Count} gauges; {left} more datastreams were not looked at";
        var verification = VerifyRules.Total(rule, judged, part);
        var json = JsonSerializer.Serialize(verification, VerificationJson.Default.Verification);
        var row = new StoredVerification
        {
            Id = StableId.From("hazards.verification", verification.Rule, verification.Version, verification.Data, now.ToString("O", System.Globalization.CultureInfo.InvariantCulture), json),
            Rule = verification.Rule,
            Version = verification.Version,
            Data = verification.Data,
            VerifiedAt = now,
            Result = json,
        };
        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (!await step.Db.Verifications.AnyAsync(kept => kept.Id == row.Id, cancellationToken))
        {
            step.Db.Verifications.Add(row);
        }

        await step.CommitAsync(cancellationToken);
        return verification;
    }

    private async Task<JudgedGauge?> JudgeAsync(string rule, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await observations.FindDatastreamAsync(id, cancellationToken) is not { } datastream || await observations.FindStationAsync(datastream.StationId, cancellationToken) is not { } station
            || (await settings.ListAsync(station, datastream, cancellationToken)).FirstOrDefault(one => one.Rule.Name == rule) is not { } setting)
        {
            return null;
        }

        var readings = (await ListAsync(datastream)).ConvertAll(AssessHazards.ToReading);
        var beside = setting.Felt is null ? null : Beside.Nothing;
        if (beside is not null)
        {
            var others = new List<DatastreamObservation>();
            foreach (var other in (await observations.ListDatastreamsAsync(station.Id, cancellationToken)).Where(one => one.Property is ObservedProperty.RelativeHumidity or ObservedProperty.WindSpeed))
            {
                others.AddRange(await ListAsync(other));
            }

            beside = (await besides.ListAsync(others, cancellationToken)).TryGetValue(id, out var found) ? found.Beside : beside;
        }

        return VerifyRules.Judge(rule, station.Id, datastream.Unit, setting, readings, beside);

        async Task<List<DatastreamObservation>> ListAsync(Datastream of) =>
            [.. (await observations.ListObservationsAsync(of.Id, DateTimeOffset.UnixEpoch, now, MostReadings, cancellationToken)).Select(row => new DatastreamObservation(of, row))];
    }

    private static async Task<JsonHttpResult<IReadOnlyList<RuleState>>> List(VerifyStored rules, CancellationToken cancellationToken) =>
        TypedResults.Json(await rules.ListAsync(cancellationToken), VerificationJson.Default.IReadOnlyListRuleState);

    private static async Task<JsonHttpResult<Verification>> Verify(string name, VerifyStored rules, CancellationToken cancellationToken) =>
        TypedResults.Json(await rules.RunAsync(name, cancellationToken), VerificationJson.Default.Verification);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(IReadOnlyList<RuleState>))]
internal sealed partial class VerificationJson : JsonSerializerContext;
