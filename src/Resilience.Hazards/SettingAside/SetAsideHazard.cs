using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.SettingAside;

/// <summary>Why a hazard is set aside.</summary>
/// <param name="Assessment">The assessment the person looked at; another one meanwhile is a refusal.</param>
/// <param name="Reason">3 to 300 characters, for everybody who asks later.</param>
internal sealed record SetAsideRequest(Guid Assessment, string Reason);

/// <summary>
/// A coordinator sets aside what a gauge raised: it is broken, its feed was removed, somebody looked at the water. Without this a gauge that
/// died at Major would stay red for ever, because silence never clears. The rules begin anew: the gauge's next readings are judged as
/// if it had just been switched on, and may raise the level again. An alert in force is not touched; two people end it.
/// </summary>
internal sealed class SetAsideHazard(Store store)
{
    /// <summary>The rule that stands in the assessment.</summary>
    internal const string RuleName = "set-aside";

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/stations/{stationId}/set-aside", async (string stationId, SetAsideRequest request, SetAsideHazard aside, ClaimsPrincipal user, CancellationToken token) =>
                TypedResults.Json(AssessmentView.Of(await aside.SetAsync(stationId, request, Caller.From(user), token)), HazardsJson.Default.AssessmentView))
            .WithName("SetAsideHazard").WithSummary("Sets aside what a gauge raised, with a reason; its next readings are judged anew.").RequireAuthorization(Roles.Coordinator);

    internal async Task<HazardAssessment> SetAsync(string stationId, SetAsideRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (reason.Length is < 3 or > 300 || reason.Any(char.IsControl))
        {
            throw new RefusalException("hazards.set-aside-reason", "Say in 3 to 300 characters why this is no danger.");
        }

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        var current = await step.Db.Current.SingleOrDefaultAsync(row => row.StationId == stationId, cancellationToken);
        var standing = current is null ? null : await step.Db.Assessments.SingleAsync(row => row.Id == current.AssessmentId, cancellationToken);
        if (standing is null || standing.Level == HazardLevel.None)
        {
            throw new RefusalException("hazards.nothing-to-set-aside", "Nothing stands at this gauge that could be set aside.", 409);
        }

        if (standing.Id != request.Assessment)
        {
            throw new RefusalException("hazards.changed", "The gauge has been assessed anew. Look at it again.", 409);
        }

        var version = await step.NextLayerVersionAsync(AssessHazards.Layer, cancellationToken);
        HazardAssessment? shown = null;
        var memories = await step.Db.Memories.Where(row => row.StationId == stationId).ToListAsync(cancellationToken);
        foreach (var memory in memories.OrderBy(row => row.AssessmentId == standing.Id))
        {
            var before = memory.AssessmentId is { } id ? await step.Db.Assessments.SingleAsync(row => row.Id == id, cancellationToken) : null;
            if (before is null || before.Level == HazardLevel.None)
            {
                continue;
            }

            shown = Next(before, caller, reason, step.Now);
            step.Db.Assessments.Add(shown);
            var forgotten = Memory.Empty with { Published = new Published(shown.Id, HazardLevel.None, shown.Silent, Trend.Unknown) };
            step.Db.Entry(memory).CurrentValues.SetValues(memory with { AssessmentId = shown.Id, State = JsonSerializer.Serialize(forgotten, MemoryJson.Default.Memory), SilentAfter = null });
            step.HandOver(HazardTopics.Assessed, shown.Id.ToString());
        }

        step.Db.Entry(current!).CurrentValues.SetValues(new CurrentAssessment { StationId = stationId, AssessmentId = shown!.Id, LayerVersion = version });
        await Audit.AppendAsync(step, AuditEntry.By(caller, "hazards.set-aside", $"station:{stationId}", JsonSerializer.Serialize(new { assessment = standing.Id, reason })), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return shown;
    }

    /// <summary>What then stands. The evidence of what was set aside stays with it.</summary>
    internal static HazardAssessment Next(HazardAssessment before, Caller caller, string reason, DateTimeOffset now) => before with
    {
        Id = StableId.From("hazards.set-aside", before.Id.ToString()),
        Level = HazardLevel.None,
        PreviousLevel = before.Level,
        Trend = Trend.Unknown,
        Onset = now,
        AssessedAt = now,
        Confidence = 1,
        Summary = $"{before.Level} at {before.StationName} was set aside by {caller.Name}: {reason} Its next readings are judged anew.",
        RuleName = RuleName,
        RuleVersion = "1",
    };
}
