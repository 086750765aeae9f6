using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>A check's finding as the faces see it.</summary>
internal sealed record CheckView(string Field, string Severity, string Code, string Message);

/// <summary>A draft as the faces see it.</summary>
internal sealed record DraftView(
    Guid Id, DraftState State, long Version, CapMsgType MsgType, CapStatus Status, string Author, Guid? AuthorId, Guid? Zone, string? References,
    string Event, CapUrgency Urgency, CapSeverity Severity, CapCertainty Certainty, CapResponseType ResponseType,
    DateTimeOffset? Onset, DateTimeOffset Expires, string AreaDesc, [property: JsonConverter(typeof(AreaJson))] Geometry Area, long People,
    IReadOnlyList<AlertText> Texts, string? Reason, string ContentHash, DateTimeOffset? SubmittedAt, DateTimeOffset CreatedAt,
    IReadOnlyList<CheckView> Checks, IReadOnlyList<string> Evidence)
{
    internal static DraftView Of(Draft draft, CheckContext context) => new(
        draft.Id, draft.State, draft.Version, draft.MsgType, draft.Status, draft.AuthorName, draft.AuthorId, draft.ZoneId, draft.UpdatesAlertId?.ToString(),
        draft.Event, draft.Urgency, draft.Severity, draft.Certainty, draft.ResponseType, draft.Onset, draft.Expires, draft.AreaDesc, draft.Area, draft.People,
        draft.Texts, draft.Reason, draft.ContentHash, draft.SubmittedAt, draft.CreatedAt,
        draft.IsOpen ? [.. DraftChecks.Check(draft, context).Select(f => new CheckView(f.Field, f.Weight == FindingWeight.Stop ? "stop" : "ask", f.Code, f.Message))] : [],
        draft.Evidence);
}

/// <summary>Reads drafts for the faces, checks included.</summary>
internal sealed class ShowDrafts(Store store, AlertQueries alerts, WarningsOptions options)
{
    /// <summary>Closed drafts stay in the list this long.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(48);

    internal async Task<CheckContext> ContextAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        return new CheckContext(now, await alerts.ListInForceAsync(now, cancellationToken), options);
    }

    /// <summary>Open drafts and those closed within 48 h, latest change first.</summary>
    internal async Task<DraftView[]> ListAsync(CancellationToken cancellationToken)
    {
        var context = await ContextAsync(cancellationToken);
        await using var db = store.Read<WarningsDb>();
        var since = context.Now - Recent;
        var drafts = await db.Drafts
            .Where(draft => draft.State == DraftState.Draft || draft.State == DraftState.Submitted || draft.State == DraftState.Returned || draft.ChangedAt > since)
            .OrderByDescending(draft => draft.ChangedAt).Take(500).ToListAsync(cancellationToken);
        return [.. drafts.Select(draft => DraftView.Of(draft, context))];
    }

    internal async Task<DraftView> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(cancellationToken);
        await using var db = store.Read<WarningsDb>();
        var draft = await db.Drafts.SingleOrDefaultAsync(d => d.Id == id, cancellationToken)
            ?? throw new RefusalException("warnings.no-such-draft", "There is no draft with this id.", 404);
        return DraftView.Of(draft, context);
    }
}
