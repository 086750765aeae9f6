using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Warnings.Issuing;

/// <summary>
/// Marks alerts whose time ran out, on the chain's clock, so that they leave the map. Nobody waits for it: what is in force is
/// always judged by <see cref="Alert.Expires"/> too.
/// </summary>
internal sealed class ExpireAlerts(Store store) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "warnings.expire";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        await using (var db = store.Read<WarningsDb>())
        {
            if (!await db.Alerts.AnyAsync(alert => alert.State == AlertState.InForce && alert.Expires <= now, cancellationToken))
            {
                return;
            }
        }

        await using var step = await store.BeginAsync<WarningsDb>(cancellationToken);
        var due = step.Db.IsSqlite
            ? step.Db.Alerts.Where(alert => alert.State == AlertState.InForce && alert.Expires <= now)
            : step.Db.Alerts.FromSql($"SELECT * FROM warnings_alert WHERE state = 'InForce' AND expires <= {now} ORDER BY id FOR UPDATE");
        var ended = await due.AsTracking().ToListAsync(cancellationToken);
        var version = await step.NextLayerVersionAsync(AlertRows.Layer, cancellationToken);
        ended.ForEach(alert => AlertRows.End(alert, AlertState.Expired, "Its time ran out", alert.Expires, version));
        await step.CommitAsync(cancellationToken);
    }
}
