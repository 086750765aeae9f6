using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings.Drafting;

namespace Resilience.Warnings.Issuing;

/// <summary>Why, and what else there is to say to those who read the CAP note.</summary>
internal sealed record CancelRequest(CancelReason Reason, string? Note = null);

/// <summary>
/// Ends an alert at once, by one person: two to send, one to stop. The Cancel goes to the same area as the alert, references all
/// messages of the thread still in force, and can be seen before it is sent, for every alert from the moment of issue.
/// </summary>
internal sealed class CancelAlert(Store store, AlertQueries alerts, IssueAlert issue, WarningsOptions options)
{
    private static readonly TimeSpan StandsAtLeast = TimeSpan.FromHours(1);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/alerts/{id:guid}/cancel", async (Guid id, CancelRequest request, CancelAlert cancel, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(AlertView.Of(await cancel.CancelAsync(id, request, Caller.From(user), cancellationToken), options: null)))
            .WithName("CancelAlert").WithSummary("Ends an alert at once; one person is enough");
        routes.MapGet("/alerts/{id:guid}/cancel", async (Guid id, CancelReason reason, CancelAlert cancel, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await cancel.PreviewAsync(id, new CancelRequest(reason), Caller.From(user), cancellationToken)))
            .WithName("PreviewCancel").WithSummary("The Cancel as it would go out now");
    }

    /// <summary>The Cancel that stands ready, for the retraction sheet.</summary>
    internal async Task<AlertView> PreviewAsync(Guid id, CancelRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var alert = await alerts.GetAsync(id, cancellationToken);
        return AlertView.Of(Compose(alert, [alert], request, caller, store.Clock.GetUtcNow()), options: null);
    }

    internal async Task<Alert> CancelAsync(Guid id, CancelRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (request.Note?.Length > 1_000)
        {
            throw new RefusalException("warnings.too-long", "The note may have 1,000 characters.");
        }

        var threadId = (await alerts.GetAsync(id, cancellationToken)).ThreadId;
        Alert cancel;
        await using (var step = await store.BeginAsync<WarningsDb>(cancellationToken))
        {
            var drafts = await LockDraftsAsync(step, threadId, cancellationToken);
            var inForce = await AlertRows.LockThreadAsync(step, threadId, cancellationToken);
            var target = inForce.SingleOrDefault(alert => alert.Id == id)
                ?? throw new RefusalException("warnings.not-in-force", "This alert is no longer in force: there is nothing to cancel.", 409);
            cancel = Compose(target, inForce, request, caller, step.Now);
            foreach (var draft in drafts)
            {
                LetGo(draft, caller);
                await DraftRows.TouchAsync(step, draft, cancellationToken);
            }

            cancel.LayerVersion = await step.NextLayerVersionAsync(AlertRows.Layer, cancellationToken);
            foreach (var alert in inForce)
            {
                AlertRows.End(alert, AlertState.Cancelled, request.Reason.ToString(), cancel.Sent, cancel.LayerVersion);
            }

            step.Db.Alerts.Add(cancel);
            step.HandOver(WarningTopics.Issued, cancel.Id.ToString());
            await step.Db.SaveChangesAsync(cancellationToken);
            await Audit.AppendAsync(step, AuditEntry.By(caller, "warnings.cancelled", $"alert:{id}", $$"""{"cancel":"{{cancel.Id}}","reason":"{{request.Reason}}"}"""), cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        issue.Announce(cancel);
        return cancel;
    }

    private static async Task<List<Draft>> LockDraftsAsync(Step<WarningsDb> step, Guid threadId, CancellationToken cancellationToken)
    {
        var rows = step.Db.IsSqlite
            ? step.Db.Drafts.Where(draft => draft.ThreadId == threadId)
            : step.Db.Drafts.FromSql($"SELECT * FROM warnings_draft WHERE thread_id = {threadId} ORDER BY id FOR UPDATE");
        return [.. (await rows.AsTracking().ToListAsync(cancellationToken)).Where(draft => draft.IsOpen)];
    }

    // The machine's own follow-up is moot; a person's is theirs to decide on.
    private static void LetGo(Draft draft, Caller caller)
    {
        draft.InputsChanged = true;
        if (draft.IsMachines)
        {
            draft.State = DraftState.Superseded;
            draft.Reason = $"{caller.Name} cancelled the alert.";
        }
    }

    /// <summary>The Cancel of an alert, CAP text included.</summary>
    private Alert Compose(Alert target, IReadOnlyList<Alert> inForce, CancelRequest request, Caller caller, DateTimeOffset now)
    {
        var id = StableId.From("warnings.cancel", target.Id.ToString());
        var sent = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var text = ComposeText.Cancel(options.SenderName, target.Event, target.AreaDesc, request.Reason);
        var drill = target.Status != CapStatus.Actual;
        var note = string.Join(' ', new[] { drill ? IssueAlert.DrillNote : null, request.Reason.ToString(), request.Note?.Trim() }.Where(part => !string.IsNullOrEmpty(part)));
        var expires = sent + StandsAtLeast;
        var unproven = new Alert
        {
            Id = id,
            Identifier = ComposeMessage.IdentifierOf(id, options.OidArc),
            Sender = options.Sender,
            Sent = sent,
            Status = target.Status,
            MsgType = CapMsgType.Cancel,
            Scope = CapScope.Public,
            References = CapReference.WriteList(inForce.Select(ComposeMessage.ReferenceTo)),
            Event = target.Event,
            Kind = target.Kind,
            Category = target.Category,
            Urgency = CapUrgency.Past,
            Severity = target.Severity,
            Certainty = CapCertainty.Unlikely,
            ResponseType = request.Reason == CancelReason.Replaced ? CapResponseType.Monitor : CapResponseType.AllClear,
            Expires = target.Expires > expires ? target.Expires : expires,
            AreaDesc = target.AreaDesc,
            Area = target.Area,
            Texts = [drill ? ExerciseFrame.Add(text) : text],
            People = target.People,
            AuthorId = caller.Id,
            AuthorName = caller.Name,
            ThreadId = target.ThreadId,
            ZoneId = target.ZoneId,
            Note = note,
            CapXml = "",
            State = AlertState.Cancelled,
            EndedAt = sent,
            EndReason = request.Reason.ToString(),
        };
        return unproven with { CapXml = ComposeMessage.WriteProven(ComposeMessage.From(unproven, options.SenderName), unproven.Area) };
    }
}
