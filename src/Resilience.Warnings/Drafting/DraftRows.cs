using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Storage.HandingOver;

namespace Resilience.Warnings.Drafting;

/// <summary>Reads drafts to change them. On PostgreSQL the row is locked, so that of two who act at once the second sees what the first did.</summary>
internal static class DraftRows
{
    internal const string Layer = "warnings.drafts";

    /// <summary>The draft, locked and tracked, or a refusal <c>warnings.no-such-draft</c>.</summary>
    internal static async Task<Draft> GetAsync(Step<WarningsDb> step, Guid id, CancellationToken cancellationToken) =>
        await (step.Db.IsSqlite ? step.Db.Drafts.Where(draft => draft.Id == id) : step.Db.Drafts.FromSql($"SELECT * FROM warnings_draft WHERE id = {id} FOR UPDATE"))
            .AsTracking().SingleOrDefaultAsync(cancellationToken)
        ?? throw new RefusalException("warnings.no-such-draft", "There is no draft with this id.", 404);

    /// <summary>The zone's open draft, locked and tracked, or null.</summary>
    internal static Task<Draft?> FindOpenForZoneAsync(Step<WarningsDb> step, Guid zoneId, CancellationToken cancellationToken) =>
        (step.Db.IsSqlite ? step.Db.Drafts.Where(draft => draft.ZoneId == zoneId) : step.Db.Drafts.FromSql($"SELECT * FROM warnings_draft WHERE zone_id = {zoneId} FOR UPDATE"))
            .AsTracking()
            .SingleOrDefaultAsync(draft => draft.State == DraftState.Draft || draft.State == DraftState.Submitted || draft.State == DraftState.Returned, cancellationToken);

    /// <summary>Refuses with <c>warnings.changed</c> unless the caller saw the draft as it is.</summary>
    internal static void RefuseUnlessSeen(Draft draft, long version)
    {
        if (draft.Version != version)
        {
            throw new RefusalException("warnings.changed", "Somebody changed this draft in the meantime. Look at it again.", 409);
        }
    }

    /// <summary>Seals a change: new version, hash, time and place on the map layer. Call once per change, before the audit row.</summary>
    internal static async Task TouchAsync(Step<WarningsDb> step, Draft draft, CancellationToken cancellationToken)
    {
        draft.Version++;
        draft.ChangedAt = step.Now;
        draft.ContentHash = ContentHash.Of(draft);
        draft.LayerVersion = await step.NextLayerVersionAsync(Layer, cancellationToken);
        await step.Db.SaveChangesAsync(cancellationToken);
    }
}
