using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards.Thresholds;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Revising;

/// <summary>A change of thresholds as coordinators see it (<c>ThresholdRevision</c> of <c>api.ts</c>).</summary>
internal sealed record RevisionView(
    Guid Id, string Datastream, string Station, string StationName, HazardKind Concern, int Number, RevisionState State, string Unit, IReadOnlyList<OwnThreshold> Thresholds, string Source, ThresholdTrial Trial,
    Guid ProposedBy, string ProposedByName, DateTimeOffset ProposedAt, string? DecidedByName, DateTimeOffset? DecidedAt, string? Note, string? WithoutHistory)
{
    internal static RevisionView Of(ThresholdRevision row, string stationName) => new(
        row.Id, row.DatastreamId, row.StationId, stationName, row.Concern, row.Number, row.State, row.Unit, row.Own(), row.Source, row.ReadTrial(),
        row.ProposedBy, row.ProposedByName, row.ProposedAt, row.DecidedByName, row.DecidedAt, row.Note, row.WithoutHistory);
}

/// <summary>Reading what is kept with a revision.</summary>
internal static class KeptTrial
{
    /// <summary>The trial the second person sees.</summary>
    internal static ThresholdTrial ReadTrial(this ThresholdRevision revision) => JsonSerializer.Deserialize(revision.Trial, RevisingJson.Default.ThresholdTrial)!;
}

/// <summary>The routes of trying, proposing and deciding, all for coordinators.</summary>
internal static class ReviseThresholds
{
    private const int MostListed = 200;

    internal static void Map(IEndpointRouteBuilder group)
    {
        var desk = group.MapGroup("").RequireAuthorization(Roles.Coordinator);
        desk.MapPost("/datastreams/{datastreamId}/thresholds/try", async (string datastreamId, ProposalRequest request, TryThresholds trials, CancellationToken token) =>
                TypedResults.Json((await trials.TryAsync(datastreamId, request.Thresholds, request.Concern, token)).Trial, RevisingJson.Default.ThresholdTrial))
            .WithName("TryThresholds").WithSummary("What other thresholds would have meant on the gauge's stored readings; nothing is stored.");
        desk.MapPost("/datastreams/{datastreamId}/thresholds", async (string datastreamId, ProposalRequest request, ProposeThresholds propose, ObservationQueries observations, ClaimsPrincipal user, CancellationToken token) =>
                await ShowAsync(await propose.ProposeAsync(datastreamId, request, Caller.From(user), token), observations, token))
            .WithName("ProposeThresholds").WithSummary("Proposes thresholds; they are in force once another coordinator agrees.");
        desk.MapPost("/thresholds/{id:guid}/enable", async (Guid id, DecisionRequest request, DecideThresholds decide, ObservationQueries observations, ClaimsPrincipal user, CancellationToken token) =>
                await ShowAsync(await decide.EnableAsync(id, request, Caller.From(user), token), observations, token))
            .WithName("EnableThresholds").WithSummary("Agrees to thresholds another coordinator proposed.");
        desk.MapPost("/thresholds/{id:guid}/reject", async (Guid id, DecisionRequest request, DecideThresholds decide, ObservationQueries observations, ClaimsPrincipal user, CancellationToken token) =>
                await ShowAsync(await decide.RejectAsync(id, request, Caller.From(user), token), observations, token))
            .WithName("RejectThresholds").WithSummary("Turns proposed thresholds down, or takes one's own back.");
        desk.MapGet("/thresholds", ListAsync).WithName("ListThresholdRevisions").WithSummary("Changes of thresholds, the newest first: those of one gauge, or all that wait for a second person.");
    }

    private static async Task<JsonHttpResult<IReadOnlyList<RevisionView>>> ListAsync(Store store, ObservationQueries observations, CancellationToken cancellationToken, string? station = null)
    {
        await using var db = store.Read<HazardsDb>();
        var rows = await db.Revisions.Where(row => station == null ? row.State == RevisionState.Proposed : row.StationId == station).OrderByDescending(row => row.ProposedAt).Take(MostListed).ToListAsync(cancellationToken);
        var names = (await observations.ListStationsAsync([.. rows.Select(row => row.StationId).Distinct()], cancellationToken)).ToDictionary(one => one.Id, one => one.Name);
        return TypedResults.Json<IReadOnlyList<RevisionView>>([.. rows.Select(row => RevisionView.Of(row, names.GetValueOrDefault(row.StationId, row.StationId)))], RevisingJson.Default.IReadOnlyListRevisionView);
    }

    private static async Task<JsonHttpResult<RevisionView>> ShowAsync(ThresholdRevision revision, ObservationQueries observations, CancellationToken cancellationToken) =>
        TypedResults.Json(RevisionView.Of(revision, (await observations.FindStationAsync(revision.StationId, cancellationToken))?.Name ?? revision.StationId), RevisingJson.Default.RevisionView);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ThresholdTrial))]
[JsonSerializable(typeof(RevisionView))]
[JsonSerializable(typeof(IReadOnlyList<RevisionView>))]
internal sealed partial class RevisingJson : JsonSerializerContext;
