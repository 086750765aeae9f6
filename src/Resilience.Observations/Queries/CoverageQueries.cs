using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Resilience.Core;
using Resilience.Observations.Coverages;
using Resilience.Storage;

namespace Resilience.Observations.Queries;

/// <summary>A raster's class with the raster and the feed it comes from.</summary>
/// <param name="Feed">Who gives it.</param>
/// <param name="Coverage">When and how it was seen.</param>
/// <param name="Extent">What was seen.</param>
public sealed record SeenExtent(Feed Feed, Coverage Coverage, CoverageExtent Extent);

/// <summary>A raster with how it was read and what was seen of each class.</summary>
/// <param name="Coverage">When and how it was seen.</param>
/// <param name="Mapping">What its values mean.</param>
/// <param name="Extents">By class, in the mapping's order.</param>
public sealed record SeenCoverage(Coverage Coverage, CoverageMapping Mapping, IReadOnlyList<CoverageExtent> Extents);

/// <summary>What other links read of rasters.</summary>
public sealed class CoverageQueries(Store store)
{
    /// <summary>One class of one raster; refuses with 404 when there is none.</summary>
    public async Task<SeenExtent> GetAsync(Guid coverageId, int classIndex, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await (
            from extent in db.Extents
            join coverage in db.Coverages on extent.CoverageId equals coverage.Id
            join feed in db.Feeds on coverage.FeedId equals feed.Id
            where extent.CoverageId == coverageId && extent.ClassIndex == classIndex
            select new SeenExtent(feed, coverage, extent)).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusalException("observations.no-extent", "There is no such area of a raster.", 404);
    }

    /// <summary>The feed, removed or not, with its rasters of a time and after, by time; null when there is no such feed.</summary>
    public async Task<(Feed Feed, IReadOnlyList<SeenCoverage> Seen)?> ListSinceAsync(string feedId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        if (await db.Feeds.SingleOrDefaultAsync(row => row.Id == feedId, cancellationToken) is not { } feed)
        {
            return null;
        }

        var coverages = await db.Coverages.Where(row => row.FeedId == feedId && row.PhenomenonTime >= since).OrderBy(row => row.PhenomenonTime).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var ids = coverages.Select(row => row.Id).ToList();
        var extents = (await db.Extents.Where(row => ids.Contains(row.CoverageId)).ToListAsync(cancellationToken)).ToLookup(row => row.CoverageId);
        return (feed, [.. coverages.Select(row => new SeenCoverage(row, CoverageMapping.FromJson(row.Mapping)!, [.. extents[row.Id].OrderBy(extent => extent.ClassIndex)]))]);
    }

    /// <summary>The newest rasters that looked at a place at all, whether or not they saw anything there, by id; of removed feeds none.</summary>
    public async Task<IReadOnlyList<Guid>> ListIdsLookingAtAsync(Geometry place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        await using var db = store.Read<ObservationsDb>();
        var frames = await (
            from coverage in db.Coverages
            join feed in db.Feeds on coverage.FeedId equals feed.Id
            where coverage.Newest && feed.RemovedAt == null
            select new { coverage.Id, coverage.Frame }).ToListAsync(cancellationToken);
        var prepared = PreparedGeometryFactory.Prepare(place);
        return [.. frames.Where(row => prepared.Intersects(row.Frame)).Select(row => row.Id).Order()];
    }

    /// <summary>All classes of some rasters, by feed.</summary>
    public async Task<IReadOnlyList<SeenExtent>> ListAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await (
            from extent in db.Extents
            join coverage in db.Coverages on extent.CoverageId equals coverage.Id
            join feed in db.Feeds on coverage.FeedId equals feed.Id
            where ids.Contains(extent.CoverageId)
            orderby feed.Name, extent.ClassIndex
            select new SeenExtent(feed, coverage, extent)).ToListAsync(cancellationToken);
    }
}
