using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Warnings;

/// <summary>Reads issued alerts. Thread-safe; sees committed rows only.</summary>
public sealed class AlertQueries(Store store)
{
    /// <summary>One alert, or a refusal <c>warnings.no-such-alert</c>.</summary>
    public async Task<Alert> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new RefusalException("warnings.no-such-alert", "There is no alert with this id.", 404);

    /// <summary>One alert, or null.</summary>
    public async Task<Alert?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        return await db.Alerts.SingleOrDefaultAsync(alert => alert.Id == id, cancellationToken);
    }

    /// <summary>All alerts people are to act on at a moment of the chain's clock, worst first, then latest. Cancel messages are not among them.</summary>
    public async Task<IReadOnlyList<Alert>> ListInForceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        var alerts = await db.Alerts.Where(alert => alert.State == AlertState.InForce && alert.Expires > now).ToListAsync(cancellationToken);
        return [.. alerts.OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.Sent)];
    }

    /// <summary>All messages of a thread, first to last; empty for an unknown thread.</summary>
    public async Task<IReadOnlyList<Alert>> ListThreadAsync(Guid threadId, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        return await db.Alerts.Where(alert => alert.ThreadId == threadId).OrderBy(alert => alert.Sent).ThenBy(alert => alert.LayerVersion).ToListAsync(cancellationToken);
    }

    /// <summary>The latest messages, latest first, in any of the states; no states means all.</summary>
    public async Task<IReadOnlyList<Alert>> ListAsync(IReadOnlyCollection<AlertState> states, int limit, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        var alerts = states.Count == 0 ? db.Alerts : db.Alerts.Where(alert => states.Contains(alert.State));
        return await alerts.OrderByDescending(alert => alert.Sent).ThenByDescending(alert => alert.LayerVersion).Take(limit).ToListAsync(cancellationToken);
    }
}
