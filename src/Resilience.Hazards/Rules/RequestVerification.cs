using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards.Verifying;
using Resilience.Storage;

namespace Resilience.Hazards.Rules;

/// <summary>
/// POST <c>/hazards/rules/{name}/verify</c> asks for a verification and answers at once where its progress is to be read; GET <c>/hazards/verifications/{id}</c> says how far
/// it is, POST <c>…/cancel</c> ends it. Coordinators.
/// </summary>
public sealed class RequestVerification(Store store)
{
    internal static void Map(IEndpointRouteBuilder group)
    {
        var desk = group.MapGroup("").RequireAuthorization(Roles.Coordinator);
        desk.MapPost("/rules/{name}/verify", async (string name, RequestVerification request, ClaimsPrincipal user, HttpContext http, CancellationToken token) =>
        {
            var run = await request.AskAsync(name, Caller.From(user).Name, token);
            http.Response.Headers.Location = $"/hazards/verifications/{run.Id}";
            return TypedResults.Json(run, VerificationJson.Default.VerificationRun, statusCode: StatusCodes.Status202Accepted);
        }).WithName("VerifyRule").WithSummary("Has the stored observations replayed through a rule; what came of it is kept with its version. Answers where the progress is.");
        desk.MapGet("/verifications/{id:guid}", async Task<JsonHttpResult<VerificationRun>> (Guid id, RequestVerification request, CancellationToken token) =>
            TypedResults.Json(await request.GetAsync(id, token), VerificationJson.Default.VerificationRun)).WithName("ShowVerificationRun").WithSummary("How far a verification has come.");
        desk.MapPost("/verifications/{id:guid}/cancel", async Task<JsonHttpResult<VerificationRun>> (Guid id, RequestVerification request, CancellationToken token) =>
            TypedResults.Json(await request.CancelAsync(id, token), VerificationJson.Default.VerificationRun)).WithName("CancelVerification").WithSummary("Ends a verification; nothing of it is kept.");
    }

    /// <summary>The open run of a rule, or a new one: asked twice it runs once.</summary>
    public async Task<VerificationRun> AskAsync(string rule, string by, CancellationToken cancellationToken)
    {
        VerifyRules.Check(rule);
        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (!step.Db.IsSqlite)
        {
            await step.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('hazards.verification'), hashtext({rule}))", cancellationToken);
        }

        if (await step.Db.Runs.AsNoTracking().SingleOrDefaultAsync(row => row.Rule == rule && (row.State == RunState.Waiting || row.State == RunState.Running), cancellationToken) is { } open)
        {
            return open;
        }

        var count = await step.Db.Runs.CountAsync(row => row.Rule == rule, cancellationToken);
        var run = new VerificationRun
        {
            Id = StableId.From("hazards.verification-run", rule, count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Rule = rule,
            RuleVersion = VerifyRules.VersionOf(rule),
            State = RunState.Waiting,
            RequestedByName = by,
            RequestedAt = step.Now,
            Total = 0,
            Done = 0,
            Judged = 0,
            AtDatastream = "",
        };
        step.Db.Runs.Add(run);
        await step.CommitAsync(cancellationToken);
        return run;
    }

    /// <summary>The run, or a refusal.</summary>
    public async Task<VerificationRun> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Runs.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw new RefusalException("hazards.no-verification", "There is no such verification.", 404);
    }

    /// <summary>Ends a run that is open; one that is over stays as it is.</summary>
    public async Task<VerificationRun> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        await GetAsync(id, cancellationToken);
        await using (var step = await store.BeginAsync<HazardsDb>(cancellationToken))
        {
            var now = (DateTimeOffset?)step.Now;
            var ended = await step.Db.Runs.Where(row => row.Id == id && (row.State == RunState.Waiting || row.State == RunState.Running))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RunState.Cancelled).SetProperty(row => row.EndedAt, now), cancellationToken);
            if (ended > 0)
            {
                await step.Db.RunGauges.Where(row => row.RunId == id).ExecuteDeleteAsync(cancellationToken);
            }

            await step.CommitAsync(cancellationToken);
        }

        return await GetAsync(id, cancellationToken);
    }
}
