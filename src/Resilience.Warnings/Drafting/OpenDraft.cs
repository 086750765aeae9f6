using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Risk;
using Resilience.Storage;

namespace Resilience.Warnings.Drafting;

/// <summary>What to start from: a risk zone, an alert to update, or nothing.</summary>
internal sealed record OpenDraftRequest(Guid? Zone = null, Guid? Alert = null);

/// <summary>A person starts a draft. For a zone that has an open draft already, that one is handed out instead of a second.</summary>
internal sealed class OpenDraft(Store store, RiskQueries zones, AlertQueries alerts, WriteDraft write, ShowDrafts show)
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/drafts", async (ShowDrafts show, CancellationToken cancellationToken) => TypedResults.Ok(await show.ListAsync(cancellationToken)))
            .WithName("ListDrafts").WithSummary("Open drafts and those closed within 48 h");
        routes.MapGet("/drafts/{id:guid}", async (Guid id, ShowDrafts show, CancellationToken cancellationToken) => TypedResults.Ok(await show.GetAsync(id, cancellationToken)))
            .WithName("ShowDraft").WithSummary("One draft with its checks");
        routes.MapPost("/drafts", async (OpenDraftRequest request, OpenDraft open, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(await open.OpenAsync(request, Caller.From(user), cancellationToken)))
            .WithName("OpenDraft").WithSummary("Starts a draft from a zone, from an alert to update, or blank");
    }

    internal async Task<DraftView> OpenAsync(OpenDraftRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var zone = request.Zone is { } zoneId ? await zones.FindAsync(zoneId, cancellationToken) ?? throw new RefusalException("warnings.no-such-zone", "There is no risk zone with this id.", 404) : null;
        var updated = request.Alert is { } alertId ? await alerts.GetAsync(alertId, cancellationToken) : null;
        if (updated is { State: not AlertState.InForce })
        {
            throw new RefusalException("warnings.not-in-force", "This alert is no longer in force; write a new one.", 409);
        }

        var id = await OpenAsync(zone, updated, caller, cancellationToken);
        return await show.GetAsync(id, cancellationToken);
    }

    private async Task<Guid> OpenAsync(RiskZone? zone, Alert? updated, Caller caller, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<WarningsDb>(cancellationToken);
        if ((zone?.Id ?? updated?.ZoneId) is { } zoneId && await DraftRows.FindOpenForZoneAsync(step, zoneId, cancellationToken) is { } open)
        {
            return open.Id;
        }

        var now = step.Now;
        if (zone is not null && updated is null)
        {
            updated = await step.Db.Alerts.AsNoTracking().Where(alert => alert.ZoneId == zone.Id && alert.State == AlertState.InForce && alert.Expires > now)
                .OrderByDescending(alert => alert.Sent).FirstOrDefaultAsync(cancellationToken);
        }

        var draft = write.NewFor(new Guid(RandomNumberGenerator.GetBytes(16)), zone, updated, now);
        draft.AuthorId = caller.Id;
        draft.AuthorName = caller.Name;
        if (zone is not null)
        {
            write.FromZone(draft, zone, updated, now);
        }
        else if (updated is not null)
        {
            write.FromAlert(draft, updated, now);
        }
        else
        {
            WriteDraft.SetThread(draft, null);
            draft.Kind = HazardKind.Other;
            draft.Event = Cap.HazardTerms.EventOf(draft.Kind);
            draft.ResponseType = CapResponseType.Monitor;
        }

        step.Db.Drafts.Add(draft);
        await DraftRows.TouchAsync(step, draft, cancellationToken);
        await Audit.AppendAsync(step, AuditEntry.By(caller, "warnings.drafted", $"draft:{draft.Id}"), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return draft.Id;
    }
}
