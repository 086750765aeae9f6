using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Warnings.Drafting;

/// <summary>A draft's whole content as a person wants it, and the version they saw.</summary>
internal sealed record EditDraftRequest(
    long Version, string Event, CapUrgency Urgency, CapSeverity Severity, CapCertainty Certainty, CapResponseType ResponseType,
    DateTimeOffset? Onset, DateTimeOffset Expires, string AreaDesc, [property: JsonConverter(typeof(AreaJson))] Geometry Area, IReadOnlyList<AlertText> Texts);

/// <summary>
/// A person changes a draft, which makes it theirs: the machine no longer writes into it, and whatever was submitted no longer is.
/// A draft need not be right to be saved; the answer carries the checks.
/// </summary>
internal sealed class EditDraft(Store store, DescribeArea describe, ShowDrafts show)
{
    private const int MostTexts = 10;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/drafts/{id:guid}", async (Guid id, EditDraftRequest request, EditDraft edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await edit.SaveAsync(id, request, Caller.From(user), cancellationToken)))
            .WithName("EditDraft").WithSummary("Saves a draft's content and answers with its checks; voids a submission");

    internal async Task<DraftView> SaveAsync(Guid id, EditDraftRequest request, Caller caller, CancellationToken cancellationToken)
    {
        RefuseUnfit(request);
        var area = describe.Describe(request.Area);
        await using (var step = await store.BeginAsync<WarningsDb>(cancellationToken))
        {
            var draft = await DraftRows.GetAsync(step, id, cancellationToken);
            DraftRows.RefuseUnlessSeen(draft, request.Version);
            RefuseUnlessOpen(draft);
            var wasSubmitted = draft.State == DraftState.Submitted;
            var tookOver = draft.AuthorId != caller.Id;
            Apply(draft, request, area, caller);
            await RebaseAsync(step, draft, cancellationToken);
            await DraftRows.TouchAsync(step, draft, cancellationToken);
            if (tookOver || wasSubmitted)
            {
                await Audit.AppendAsync(step, AuditEntry.By(caller, wasSubmitted ? "warnings.submission-voided" : "warnings.took-over", $"draft:{id}"), cancellationToken);
            }

            await step.CommitAsync(cancellationToken);
        }

        return await show.GetAsync(id, cancellationToken);
    }

    internal static void RefuseUnlessOpen(Draft draft)
    {
        if (!draft.IsOpen)
        {
            throw new RefusalException("warnings.closed", $"This draft is closed ({draft.State}); start a new one.", 409);
        }
    }

    /// <summary>An Update whose alert has ended meanwhile follows its thread: to the alert now in force, or to a new thread.</summary>
    internal static async Task RebaseAsync(Step<WarningsDb> step, Draft draft, CancellationToken cancellationToken)
    {
        if (draft.UpdatesAlertId is null)
        {
            return;
        }

        var now = step.Now;
        var inForce = await step.Db.Alerts.AsNoTracking().Where(alert => alert.ThreadId == draft.ThreadId && alert.State == AlertState.InForce && alert.Expires > now)
            .OrderByDescending(alert => alert.Sent).FirstOrDefaultAsync(cancellationToken);
        if (inForce is null && draft.ResponseType == CapResponseType.AllClear)
        {
            return;
        }

        WriteDraft.SetThread(draft, inForce);
    }

    private static void Apply(Draft draft, EditDraftRequest request, DescribedArea area, Caller caller)
    {
        draft.State = DraftState.Draft;
        draft.SubmittedAt = null;
        draft.Reason = null;
        draft.AuthorId = caller.Id;
        draft.AuthorName = caller.Name;
        draft.Event = request.Event.Trim();
        (draft.Urgency, draft.Severity, draft.Certainty, draft.ResponseType) = (request.Urgency, request.Severity, request.Certainty, request.ResponseType);
        draft.Onset = request.Onset is { } onset ? WholeSecond(onset) : null;
        draft.Expires = WholeSecond(request.Expires);
        draft.AreaDesc = request.AreaDesc.Trim();
        (draft.Area, draft.People) = (area.Area, area.People);
        draft.Texts = [.. request.Texts.Select(text => ExerciseFrame.Remove(new AlertText(text.Language.Trim(), text.Headline.Trim(), text.Description.Trim(), text.Instruction.Trim())))];
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)).ToUniversalTime();

    private static void RefuseUnfit(EditDraftRequest request)
    {
        if (!Enum.IsDefined(request.Urgency) || !Enum.IsDefined(request.Severity) || !Enum.IsDefined(request.Certainty) || !Enum.IsDefined(request.ResponseType))
        {
            throw new RefusalException("warnings.unknown-rating", "Urgency, severity, certainty and response type are words of CAP 1.2.");
        }

        if (request.Texts.Any(text => text is null))
        {
            throw new RefusalException("warnings.no-text", "A text is missing where a language was announced.");
        }

        if (request.Texts.Count is 0 or > MostTexts || request.Texts.Any(text => text.Headline.Length + text.Description.Length + text.Instruction.Length > 3 * DraftChecks.LongestText)
            || request.Event.Length > 200 || request.AreaDesc.Length > 1_000)
        {
            throw new RefusalException("warnings.too-long", "A draft has 1 to 10 languages, and no text in it is this long.", 413);
        }
    }
}
