using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Storage;
using Resilience.Warnings.Cap;
using Resilience.Warnings.Drafting;

namespace Resilience.Warnings.Approving;

/// <summary>The version the author saw; for a vast area also the number of people, typed in.</summary>
internal sealed record SubmitRequest(long Version, long? People = null);

/// <summary>An author asks a second person to send the draft. From here its content is frozen under its hash; any edit voids the asking.</summary>
internal sealed class SubmitDraft(Store store, ShowDrafts show, WarningsOptions options)
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/drafts/{id:guid}/submit", async (Guid id, SubmitRequest request, SubmitDraft submit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await submit.SubmitAsync(id, request, Caller.From(user), cancellationToken)))
            .WithName("SubmitDraft").WithSummary("Asks a second person to send the draft");

    internal async Task<DraftView> SubmitAsync(Guid id, SubmitRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var context = await show.ContextAsync(cancellationToken);
        await using (var step = await store.BeginAsync<WarningsDb>(cancellationToken))
        {
            var draft = await DraftRows.GetAsync(step, id, cancellationToken);
            DraftRows.RefuseUnlessSeen(draft, request.Version);
            EditDraft.RefuseUnlessOpen(draft);
            await EditDraft.RebaseAsync(step, draft, cancellationToken);
            if (Refuse(draft, request, context, options) is { } refusal)
            {
                throw refusal;
            }

            draft.State = DraftState.Submitted;
            draft.AuthorId = caller.Id;
            draft.AuthorName = caller.Name;
            draft.SubmittedAt = step.Now;
            draft.InputsChanged = false;
            draft.Reason = null;
            await DraftRows.TouchAsync(step, draft, cancellationToken);
            await Audit.AppendAsync(step, AuditEntry.By(caller, "warnings.submitted", $"draft:{id}", $$"""{"contentHash":"{{draft.ContentHash}}"}"""), cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        return await show.GetAsync(id, cancellationToken);
    }

    /// <summary>Why the draft cannot be submitted, or null. Pure.</summary>
    internal static RefusalException? Refuse(Draft draft, SubmitRequest request, CheckContext context, WarningsOptions options)
    {
        if (DraftChecks.Check(draft, context).FirstOrDefault(finding => finding.Weight == FindingWeight.Stop) is { } stop)
        {
            return new RefusalException(stop.Code, stop.Message, 400);
        }

        return DraftChecks.IsVast(draft, options) && request.People != draft.People
            ? new RefusalException("warnings.area-vast", $"This would reach about {draft.People} people. Type that number to submit it.", 400)
            : null;
    }
}
