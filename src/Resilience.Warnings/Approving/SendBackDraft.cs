using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Storage;
using Resilience.Warnings.Drafting;

namespace Resilience.Warnings.Approving;

/// <summary>Why, in words.</summary>
internal sealed record ReasonRequest(string Reason);

/// <summary>The ways a draft ends without being sent: the second person returns or rejects it, its author gives it up.</summary>
internal sealed class SendBackDraft(Store store, ShowDrafts show)
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/drafts/{id:guid}/return", async (Guid id, ReasonRequest request, SendBackDraft back, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await back.AnswerAsync(id, DraftState.Returned, request.Reason, Caller.From(user), cancellationToken)))
            .WithName("ReturnDraft").WithSummary("Sends a submitted draft back to its author with a reason");
        routes.MapPost("/drafts/{id:guid}/reject", async (Guid id, ReasonRequest request, SendBackDraft back, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await back.AnswerAsync(id, DraftState.Rejected, request.Reason, Caller.From(user), cancellationToken)))
            .WithName("RejectDraft").WithSummary("Refuses a submitted draft for good, with a reason");
        routes.MapPost("/drafts/{id:guid}/withdraw", async (Guid id, SendBackDraft back, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await back.WithdrawAsync(id, Caller.From(user), cancellationToken)))
            .WithName("WithdrawDraft").WithSummary("The author gives the draft up; anybody may dismiss one of the machine's");
    }

    internal async Task<DraftView> AnswerAsync(Guid id, DraftState answer, string reason, Caller caller, CancellationToken cancellationToken)
    {
        if (reason.Trim().Length is < 3 or > 1_000)
        {
            throw new RefusalException("warnings.reason-missing", "Say why, in 3 to 1,000 characters: the author has to act on it.");
        }

        return await ChangeAsync(id, caller, answer == DraftState.Returned ? "warnings.returned" : "warnings.rejected", draft =>
        {
            if (draft.State != DraftState.Submitted)
            {
                throw new RefusalException("warnings.not-submitted", "This draft is not waiting for an answer.", 409);
            }

            if (draft.AuthorId == caller.Id)
            {
                throw new RefusalException("warnings.same-person", "You submitted this yourself: withdraw it, or let another person answer.", 403);
            }

            draft.State = answer;
            draft.SubmittedAt = null;
            draft.Reason = $"{caller.Name}: {reason.Trim()}";
        }, cancellationToken);
    }

    internal Task<DraftView> WithdrawAsync(Guid id, Caller caller, CancellationToken cancellationToken) => ChangeAsync(id, caller, "warnings.withdrawn", draft =>
    {
        EditDraft.RefuseUnlessOpen(draft);
        if (draft.AuthorId is { } author && author != caller.Id)
        {
            throw new RefusalException("warnings.not-author", $"Only {draft.AuthorName} can withdraw this. You can return or reject it once it is submitted.", 403);
        }

        draft.State = DraftState.Withdrawn;
        draft.SubmittedAt = null;
        draft.Reason = $"Withdrawn by {caller.Name}.";
    }, cancellationToken);

    private async Task<DraftView> ChangeAsync(Guid id, Caller caller, string action, Action<Draft> change, CancellationToken cancellationToken)
    {
        await using (var step = await store.BeginAsync<WarningsDb>(cancellationToken))
        {
            var draft = await DraftRows.GetAsync(step, id, cancellationToken);
            change(draft);
            await DraftRows.TouchAsync(step, draft, cancellationToken);
            var detail = $$"""{"reason":{{JsonSerializer.Serialize(draft.Reason ?? "", WarningsJson.Default.String)}}}""";
            await Audit.AppendAsync(step, AuditEntry.By(caller, action, $"draft:{id}", detail), cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        return await show.GetAsync(id, cancellationToken);
    }
}
