using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Dissemination.Ledger;

/// <summary>
/// Takes due lines off the queue for one sender, most endangered first, under a lease: a sender that dies loses the lines to
/// the next one when the lease runs out.
/// </summary>
internal sealed class ClaimDeliveries(Store store)
{
    /// <summary>Lines one claim takes at most.</summary>
    internal const int BatchSize = 500;

    /// <summary>How long a sender holds its lines. Longer than the slowest push service needs for a batch at its share of POSTs.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Claims.</summary>
    /// <param name="busy">Push services that have their share of POSTs under way; their lines wait.</param>
    /// <param name="realNow">Real time.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task<IReadOnlyList<Delivery>> ClaimAsync(IReadOnlyCollection<string> busy, DateTimeOffset realNow, CancellationToken cancellationToken)
    {
        await using (var db = store.Read<DisseminationDb>())
        {
            if (!await Due(db.Deliveries, realNow, busy).AnyAsync(cancellationToken))
            {
                return [];
            }
        }

        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        if (!step.Db.IsSqlite)
        {
            // Claims go one after the other, so that two senders neither take the same line nor two messages of one thread at once.
            await step.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('dissemination.claim'))", cancellationToken);
        }

        var claimed = await Due(step.Db.Deliveries, realNow, busy).OrderBy(line => line.Priority).ThenBy(line => line.NotBefore).ThenBy(line => line.Id)
            .Take(BatchSize).ToListAsync(cancellationToken);

        // Whole seconds read back from either engine as they were written.
        var until = (realNow + Lease).AddTicks(-((realNow + Lease).Ticks % TimeSpan.TicksPerSecond));
        foreach (var line in claimed)
        {
            line.Attempts++;
            line.Doubtful |= line.LeasedUntil is not null;
            line.LeasedUntil = until;
        }

        await step.CommitAsync(cancellationToken);
        return claimed;
    }

    // A later message of a thread waits while an earlier one to the same phone is under way: had the earlier one the longer road,
    // it would arrive last and stand.
    private static IQueryable<Delivery> Due(IQueryable<Delivery> lines, DateTimeOffset realNow, IReadOnlyCollection<string> busy) => lines.Where(line =>
        line.State == DeliveryState.Queued && line.NotBefore <= realNow && (line.LeasedUntil == null || line.LeasedUntil <= realNow) && !busy.Contains(line.Origin)
        && !lines.Any(other => other.ThreadId == line.ThreadId && other.SubscriptionId == line.SubscriptionId && other.Id != line.Id && other.LeasedUntil > realNow));
}
