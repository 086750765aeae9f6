using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Observations.Bulletins;

/// <summary>What other modules may ask of the bulletins. Thread-safe.</summary>
public sealed class BulletinQueries(Store store)
{
    /// <summary>All messages of a thread, every edition and part; empty when it went up in another.</summary>
    public async Task<IReadOnlyList<Bulletin>> ListThreadAsync(Guid thread, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Bulletins.Where(row => row.Thread == thread).OrderBy(row => row.Revised).ThenBy(row => row.Identifier).ThenBy(row => row.Part).ToListAsync(cancellationToken);
    }

    /// <summary>Threads of which something may still stand, or ended less than <paramref name="grace"/> ago.</summary>
    public async Task<IReadOnlyList<Guid>> ListOpenThreadsAsync(DateTimeOffset now, TimeSpan grace, CancellationToken cancellationToken)
    {
        var since = now - grace;
        var heard = since - Bulletin.WithoutEnd;
        await using var db = store.Read<ObservationsDb>();
        return await db.Bulletins.Where(row => row.Expires > since || (row.Expires == null && (row.LastListed > heard || row.Sent > heard || row.Onset > heard))).Select(row => row.Thread).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>One bulletin, or null.</summary>
    public async Task<Bulletin?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Bulletins.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>The newest bulletins, newest first: those where their feeds are wanted, or those outside.</summary>
    public async Task<IReadOnlyList<Bulletin>> ListAsync(string? feed, bool outside, int limit, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Bulletins.Where(row => (feed == null || row.FeedId == feed) && row.Outside == outside)
            .OrderByDescending(row => row.Sent).ThenBy(row => row.FeedId).ThenBy(row => row.Identifier).ThenBy(row => row.Part).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The message as received, or null when none was kept.</summary>
    public async Task<byte[]?> FindRawAsync(Bulletin bulletin, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        if (await db.BulletinRaws.SingleOrDefaultAsync(row => row.Sha256 == bulletin.RawSha256, cancellationToken) is not { } raw)
        {
            return null;
        }

        using var unpacked = new MemoryStream();
        await using var gzip = new GZipStream(new MemoryStream(raw.Gzip), CompressionMode.Decompress);
        await gzip.CopyToAsync(unpacked, cancellationToken);
        return unpacked.ToArray();
    }

    /// <summary>Feeds that are not answering, and since when they have not (null: never did).</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset?>> ListSilentFeedsAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Feeds.Where(feed => feed.State == FeedState.Late || feed.State == FeedState.Dead || feed.State == FeedState.Paused || feed.RemovedAt != null).ToDictionaryAsync(feed => feed.Id, feed => feed.LastGood, cancellationToken);
    }
}
