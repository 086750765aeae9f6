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
using Resilience.Warnings.Issuing;

namespace Resilience.Warnings.Approving;

/// <summary>What the second person says yes to: exactly this content, reaching about this many people.</summary>
internal sealed record ApproveRequest(string ContentHash, long People);

/// <summary>
/// The second person sends the alert. Everything the screen promises is checked again here, on the locked row, in the one
/// transaction that also issues the alert and writes the audit row; the database holds the two-person rule besides.
/// </summary>
internal sealed class ApproveDraft(Store store, IssueAlert issue, WarningsOptions options)
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/drafts/{id:guid}/approve", async (Guid id, ApproveRequest request, ApproveDraft approve, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(AlertView.Of(await approve.ApproveAsync(id, request, Caller.From(user), cancellationToken), options: null)))
            .WithName("ApproveDraft").WithSummary("Sends the alert; needs another person than the author");

    internal async Task<Alert> ApproveAsync(Guid id, ApproveRequest request, Caller caller, CancellationToken cancellationToken)
    {
        Alert alert;
        TimeSpan waited;
        await using (var step = await store.BeginAsync<WarningsDb>(cancellationToken))
        {
            var draft = await DraftRows.GetAsync(step, id, cancellationToken);
            var context = new CheckContext(step.Now, await AlertRows.ListInForceAsync(step, cancellationToken), options);
            if (Refuse(draft, request, caller, context) is { } refusal)
            {
                throw refusal;
            }

            waited = step.Now - draft.SubmittedAt!.Value;
            draft.State = DraftState.Issued;
            (draft.ApproverId, draft.ApproverName, draft.AlertId) = (caller.Id, caller.Name, WriteDraft.AlertIdOf(draft.Id));
            await DraftRows.TouchAsync(step, draft, cancellationToken);
            alert = await issue.IssueAsync(step, draft, caller, cancellationToken);
            await Audit.AppendAsync(
                step, AuditEntry.By(caller, "warnings.approved", $"alert:{alert.Id}", $$"""{"draft":"{{id}}","contentHash":"{{request.ContentHash}}","people":{{request.People}}}"""), cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        issue.Announce(alert);
        WarningsTelemetry.Approval.Record(waited.TotalSeconds);
        return alert;
    }

    /// <summary>Why this person may not send this draft now, or null. Pure.</summary>
    internal static RefusalException? Refuse(Draft draft, ApproveRequest request, Caller caller, CheckContext context)
    {
        if (draft.State == DraftState.Issued)
        {
            return new RefusalException("warnings.already-issued", $"{draft.ApproverName} has sent this already.", 409);
        }

        if (draft.State != DraftState.Submitted)
        {
            return new RefusalException("warnings.not-submitted", "This draft is not submitted, or was changed and must be submitted again.", 409);
        }

        if (draft.AuthorId == caller.Id)
        {
            return new RefusalException("warnings.same-person", "You submitted this yourself. Another person has to send it.", 403);
        }

        if (request.ContentHash != draft.ContentHash || ContentHash.Of(draft) != draft.ContentHash)
        {
            return new RefusalException("warnings.changed", "The content is not what you have seen. Look at it again.", 409);
        }

        if (request.People != draft.People)
        {
            return new RefusalException("warnings.people", $"This reaches about {draft.People} people, not {request.People}. Look at it again.", 409);
        }

        if (draft.InputsChanged)
        {
            return new RefusalException("warnings.inputs-changed", "The risk this rests on has changed since it was submitted. Return it, or have it submitted again.", 409);
        }

        if (context.Now - draft.SubmittedAt > context.Options.ApprovalWithin)
        {
            return new RefusalException("warnings.stale", $"This was submitted more than {context.Options.ApprovalWithin.TotalMinutes:0} minutes ago and must be submitted again.", 409);
        }

        return DraftChecks.Check(draft, context).FirstOrDefault(finding => finding.Weight == FindingWeight.Stop) is { } stop
            ? new RefusalException(stop.Code, stop.Message, 409)
            : null;
    }
}
