using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Observations.LiveMap;

/// <summary>The rasters as they were known at a moment: of each feed the newest that had been received by then.</summary>
public sealed class ExtentHistory(Store store) : IMapHistory
{
    /// <inheritdoc/>
    public string Name => FeedLayers.Extents;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var feeds = await db.Feeds.Where(feed => feed.RemovedAt == null || feed.RemovedAt > at).ToDictionaryAsync(feed => feed.Id, cancellationToken);
        var known = await db.Coverages.Where(row => row.ReceivedAt <= at).Select(row => new { row.Id, row.FeedId, row.PhenomenonTime, row.ReceivedAt }).ToListAsync(cancellationToken);
        var ids = known.Where(row => feeds.ContainsKey(row.FeedId)).GroupBy(row => row.FeedId)
            .Select(rows => rows.OrderByDescending(row => row.PhenomenonTime).ThenByDescending(row => row.ReceivedAt).First().Id).ToList();
        var extents = (await db.Extents.Where(extent => ids.Contains(extent.CoverageId)).ToListAsync(cancellationToken)).ToLookup(extent => extent.CoverageId);
        var coverages = await db.Coverages.Where(row => ids.Contains(row.Id)).OrderBy(row => row.FeedId).ToListAsync(cancellationToken);
        return [.. coverages.SelectMany(coverage => ExtentsLayer.Features(feeds[coverage.FeedId], coverage, extents[coverage.Id]))];
    }
}
