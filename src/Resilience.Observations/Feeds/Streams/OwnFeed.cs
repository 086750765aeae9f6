using Microsoft.EntityFrameworkCore;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// Makes this process the only one that listens to a feed, for as long as it is held. On PostgreSQL it is a lock that ends with its
/// connection, so a worker that dies frees its feeds at once; on SQLite there is one process anyway.
/// </summary>
internal sealed class OwnFeed : IAsyncDisposable
{
    private readonly ObservationsDb _db;
    private readonly string _feedId;

    private OwnFeed(ObservationsDb db, string feedId) => (_db, _feedId) = (db, feedId);

    /// <summary>Takes the feed, or null when another process has it.</summary>
    internal static async Task<OwnFeed?> TryTakeAsync(ObservationsDb db, string feedId, CancellationToken cancellationToken)
    {
        if (!db.IsSqlite)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            var taken = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock(hashtext('observations.stream'), hashtext({feedId})) AS \"Value\"").ToListAsync(cancellationToken);
            if (!taken[0])
            {
                await db.DisposeAsync();
                return null;
            }
        }

        return new OwnFeed(db, feedId);
    }

    /// <summary>Throws when the database has lost our connection, and the lock with it.</summary>
    internal async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!_db.IsSqlite)
        {
            await _db.Database.ExecuteSqlAsync($"SELECT 1", cancellationToken);
            if (_db.Database.GetDbConnection().State != System.Data.ConnectionState.Open)
            {
                throw new InvalidOperationException("The connection that holds the feed was lost.");
            }
        }
    }

    /// <summary>Lets go; said outright, because a pooled connection is reset only when it is used again.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_db.IsSqlite)
            {
                await _db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtext('observations.stream'), hashtext({_feedId}))", CancellationToken.None);
            }
        }
        catch (System.Data.Common.DbException)
        {
            // The connection is gone, and the lock with it.
        }

        await _db.DisposeAsync();
    }
}
