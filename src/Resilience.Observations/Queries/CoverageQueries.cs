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

    /// <summary>The classes of the newest rasters that looked at a place at all, whether or not they saw anything there; of removed feeds none.</summary>
    public async Task<IReadOnlyList<SeenExtent>> ListLookingAtAsync(Geometry place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        await using var db = store.Read<ObservationsDb>();
        var frames = await (
            from coverage in db.Coverages
            join feed in db.Feeds on coverage.FeedId equals feed.Id
            where coverage.Newest && feed.RemovedAt == null
            select new { coverage.Id, coverage.Frame }).ToListAsync(cancellationToken);
        var prepared = PreparedGeometryFactory.Prepare(place);
        var ids = frames.Where(row => prepared.Intersects(row.Frame)).Select(row => row.Id).ToList();
        return ids.Count == 0 ? [] : await (
            from extent in db.Extents
            join coverage in db.Coverages on extent.CoverageId equals coverage.Id
            join feed in db.Feeds on coverage.FeedId equals feed.Id
            where ids.Contains(extent.CoverageId)
            orderby feed.Name, extent.ClassIndex
            select new SeenExtent(feed, coverage, extent)).ToListAsync(cancellationToken);
    }
}
