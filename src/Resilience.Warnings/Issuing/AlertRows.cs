using Microsoft.EntityFrameworkCore;
using Resilience.Storage.HandingOver;

namespace Resilience.Warnings.Issuing;

/// <summary>Reads issued alerts inside a transaction that is about to end or follow them.</summary>
internal static class AlertRows
{
    internal const string Layer = "warnings.alerts";

    /// <summary>All alerts in force, unlocked.</summary>
    internal static async Task<IReadOnlyList<Alert>> ListInForceAsync(Step<WarningsDb> step, CancellationToken cancellationToken)
    {
        var now = step.Now;
        return await step.Db.Alerts.AsNoTracking().Where(alert => alert.State == AlertState.InForce && alert.Expires > now).ToListAsync(cancellationToken);
    }

    /// <summary>The thread's alerts in force, first sent first; locked on PostgreSQL, so that nobody else ends them meanwhile.</summary>
    internal static async Task<IReadOnlyList<Alert>> LockThreadAsync(Step<WarningsDb> step, Guid threadId, CancellationToken cancellationToken)
    {
        var rows = step.Db.IsSqlite
            ? step.Db.Alerts.Where(alert => alert.ThreadId == threadId && alert.State == AlertState.InForce)
            : step.Db.Alerts.FromSql($"SELECT * FROM warnings_alert WHERE thread_id = {threadId} AND state = 'InForce' ORDER BY id FOR UPDATE");
        var now = step.Now;
        return [.. (await rows.AsTracking().ToListAsync(cancellationToken)).Where(alert => alert.Expires > now).OrderBy(alert => alert.Sent)];
    }

    /// <summary>Marks an alert as ended.</summary>
    internal static void End(Alert alert, AlertState state, string reason, DateTimeOffset at, long layerVersion) =>
        (alert.State, alert.EndReason, alert.EndedAt, alert.LayerVersion) = (state, reason, at, layerVersion);
}
