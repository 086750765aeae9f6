using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Server.LiveMap;
using Resilience.Storage;

namespace Resilience.Server.Operations;

/// <summary>What waits between the links, link by link: how much, how long, and why.</summary>
internal sealed class ListBacklog(Store store, LiveClock clock)
{
    private const string OnSqlite =
        "SELECT link AS \"Link\", count(*) AS \"Count\", min(handed_over_at) AS \"OldestMicros\", max(last_error) AS \"LastError\" FROM storage_handed_over GROUP BY link ORDER BY link";

    private const string OnPostgres =
        "SELECT link AS \"Link\", count(*) AS \"Count\", CAST(extract(epoch FROM min(handed_over_at)) * 1000000 AS bigint) AS \"OldestMicros\", max(last_error) AS \"LastError\" FROM storage_handed_over GROUP BY link ORDER BY link";

    internal async Task<IReadOnlyList<LinkBacklog>> ListAsync(CancellationToken cancellationToken)
    {
        // The hand-over table belongs to no module; any context can ask it.
        await using var db = store.Read<AccessDb>();
        var rows = await db.Database.SqlQueryRaw<Row>(db.IsSqlite ? OnSqlite : OnPostgres).ToListAsync(cancellationToken);
        var now = clock.Now;

        // In a fast replay a real second of waiting is many chain seconds; lateness is judged in real ones.
        return [.. rows.Select(row => new LinkBacklog(row.Link, row.Count, (now - DateTimeOffset.UnixEpoch.AddMicroseconds(row.OldestMicros)) / clock.Speed, row.LastError))];
    }

    internal sealed record Row(string Link, long Count, long OldestMicros, string? LastError);
}

/// <summary>Work that waits for one link.</summary>
internal sealed record LinkBacklog(string Link, long Count, TimeSpan Oldest, string? LastError);
