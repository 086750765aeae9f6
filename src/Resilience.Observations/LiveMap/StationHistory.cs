using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Storage;

namespace Resilience.Observations.LiveMap;

/// <summary>
/// The stations with the newest value known at a moment: measured by then and received by then, in the revision of then. Names, places and feeds
/// are today's.
/// </summary>
public sealed class StationHistory(Store store) : IMapHistory
{
    /// <summary>A value older than this is shown as none: nobody acted on it.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(2);

    /// <inheritdoc/>
    public string Name => FeedLayers.Stations;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var from = at - Shown;
        var known = db.Observations.Where(row => row.PhenomenonTime <= at && row.PhenomenonTime > from && db.Batches.Any(batch => batch.Id == row.BatchId && batch.StoredAt <= at));
        var stations = await (
            from station in db.Stations
            join feed in db.Feeds on station.FeedId equals feed.Id
            join datastream in db.Datastreams on station.MainDatastreamId equals datastream.Id
            where feed.RemovedAt == null || feed.RemovedAt > at
            orderby station.Id
            select new { station, feedName = feed.Name, feed.Credit, datastream }).ToListAsync(cancellationToken);
        var times = known.Where(row => db.Stations.Any(station => station.MainDatastreamId == row.DatastreamId))
            .GroupBy(row => row.DatastreamId).Select(rows => new { DatastreamId = rows.Key, PhenomenonTime = rows.Max(row => row.PhenomenonTime) });
        var newest = (await known.Join(times, row => new { row.DatastreamId, row.PhenomenonTime }, time => new { time.DatastreamId, time.PhenomenonTime }, (row, _) => row).ToListAsync(cancellationToken))
            .GroupBy(row => row.DatastreamId).ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Revision)!);
        var contradicted = await Contradictions.OfStationsAsync(db, at, cancellationToken);
        return [.. stations.Select(row => new MapFeature(row.station.Id, 0, StationsLayer.Feature(
            row.station, row.feedName, row.Credit, row.datastream,
            newest.TryGetValue(row.datastream.Id, out var value) ? Shape(value) : null, contradicted[row.station.Id])))];
    }

    private static LatestObservation Shape(Observation row) => new()
    {
        DatastreamId = row.DatastreamId,
        PhenomenonTime = row.PhenomenonTime,
        Result = row.Result,
        Revision = row.Revision,
        Flags = row.Flags,
        UnchangedSince = row.PhenomenonTime,
    };
}
