using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Bulletins;

/// <summary>
/// Tells which warnings lie outside a feed's <see cref="AreaOfInterest"/>. One whose area is not known, or not in full, does not: nobody can say that it
/// concerns nobody here. Earthquakes reach as far as they are felt, other points <see cref="Bulletin.PointRadiusMetres"/>.
/// </summary>
internal sealed class LeaveOutside
{
    private readonly IPreparedGeometry? _area;

    private LeaveOutside(Geometry? area) => _area = area is null ? null : PreparedGeometryFactory.Prepare(area);

    /// <summary>For a feed as its row describes it. Without an area, or with one that cannot be resolved any more (a table of boundaries is gone), nothing is left out.</summary>
    internal static LeaveOutside Of(Feed feed, AreaCodes codes) => new(AreaOfInterest.FromJson(feed.Area)?.Resolve(codes).Area);

    /// <summary>True when all of it is known to lie outside.</summary>
    internal bool IsOutside(Geometry? area, bool unknownCodes, double? magnitude, double? depthKm)
    {
        if (_area is null || unknownCodes || area is not { IsEmpty: false })
        {
            return false;
        }

        return area.Dimension == Dimension.Surface ? !_area.Intersects(area) : !area.Coordinates.Any(at => _area.Intersects(Reach(at, magnitude, depthKm)));
    }

    /// <summary>Judges anew what a feed has brought and may still stand, after its area was changed; threads that change are handed over.</summary>
    internal static async Task JudgeAgainAsync(Step<ObservationsDb> step, Feed feed, AreaCodes codes, CancellationToken cancellationToken)
    {
        var outside = Of(feed, codes);
        var now = step.Now;
        var rows = await step.Db.Bulletins.AsTracking().Where(row => row.FeedId == feed.Id && (row.Expires == null || row.Expires > now)).ToListAsync(cancellationToken);
        var changed = new SortedSet<Guid>();
        foreach (var row in rows)
        {
            var lies = outside.IsOutside(row.Area, row.UnknownCodes != "[]", row.Magnitude, row.DepthKm);
            if (lies != row.Outside)
            {
                row.Outside = lies;
                changed.Add(row.Thread);
            }
        }

        foreach (var thread in changed)
        {
            step.HandOver(ObservationTopics.BulletinStored, thread.ToString());
        }
    }

    /// <summary>How many warnings that may still stand are left out.</summary>
    internal static Task<int> CountAsync(ObservationsDb db, Feed feed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heard = now - Bulletin.WithoutEnd;
        return feed.Area is null ? Task.FromResult(0) : db.Bulletins
            .Where(row => row.FeedId == feed.Id && row.Outside && (row.MsgType == CapMsgType.Alert || row.MsgType == CapMsgType.Update) && (row.Expires > now || (row.Expires == null && row.LastListed > heard)))
            .Select(row => row.Thread).Distinct().CountAsync(cancellationToken);
    }

    private static Geometry Reach(Coordinate at, double? magnitude, double? depthKm) => magnitude is { } strength
        ? FeltArea.RadiusKm(strength, depthKm, FeltArea.Felt) is >= 1 and var km ? Antimeridian.Circle(at, km * 1000) : Wgs84.Factory.CreatePoint(at)
        : Antimeridian.Circle(at, Bulletin.PointRadiusMetres);
}
