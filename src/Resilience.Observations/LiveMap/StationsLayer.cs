using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Storage;

namespace Resilience.Observations.LiveMap;

/// <summary>Layer <c>observations.stations</c>: one feature per station, showing its main datastream.</summary>
public sealed class StationsLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => FeedLayers.Stations;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var all =
            from station in db.Stations
            join feed in db.Feeds on station.FeedId equals feed.Id
            join datastream in db.Datastreams on station.MainDatastreamId equals datastream.Id
            join found in db.Latest on station.MainDatastreamId equals found.DatastreamId into founds
            from latest in founds.DefaultIfEmpty()
            select new { station, feed, datastream, latest };
        if (version == 0)
        {
            all = all.Where(row => row.feed.RemovedAt == null);
        }
        else
        {
            // Described anew, or another newest value: each is found by its own index.
            var heard =
                from latest in db.Latest
                join datastream in db.Datastreams on latest.DatastreamId equals datastream.Id
                where latest.Version > version
                select datastream.StationId;
            var changed = db.Stations.Where(station => station.Version > version).Select(station => station.Id).Union(heard);
            all = all.Where(row => changed.Contains(row.station.Id) && (row.station.Version > version || row.latest!.Version > version));
        }

        var rows = await all.Select(row => new { row.station, feedName = row.feed.Name, row.feed.Credit, removed = row.feed.RemovedAt != null, row.datastream, row.latest }).ToListAsync(cancellationToken);
        var contradicted = await Contradictions.OfStationsAsync(db, null, cancellationToken);
        return [.. rows.Select(row => new MapFeature(
            row.station.Id, Math.Max(row.station.Version, row.latest?.Version ?? 0), row.removed ? default(ReadOnlyMemory<byte>) : Feature(row.station, row.feedName, row.Credit, row.datastream, row.latest, contradicted[row.station.Id])))
            .OrderBy(feature => feature.Version).ThenBy(feature => feature.Id, StringComparer.Ordinal)];
    }

    internal static byte[] Feature(Station station, string feedName, string credit, Datastream datastream, LatestObservation? latest, IEnumerable<string> contradicted) => FeatureJson.Write(station.Id, station.Location.Coordinate, json =>
    {
        json.WriteString("id", station.Id);
        json.WriteString("name", station.Name);
        json.WriteString("river", station.River);
        json.WriteString("feed", station.FeedId);
        json.WriteString("feedName", feedName);
        json.WriteString("credit", credit);
        json.WriteBoolean("exercise", station.Exercise);
        json.WriteNumber("shiftSeconds", Math.Round(station.TimeShift.TotalSeconds));
        json.WriteString("property", datastream.Property.ToString());
        json.WriteString("datastream", datastream.Id);
        json.WriteString("unit", datastream.Unit);
        FeatureJson.WriteNumber(json, "value", latest?.Result);
        FeatureJson.WriteTime(json, "time", latest?.PhenomenonTime);
        FeatureJson.WriteNumber(json, "trendPerHour", latest?.TrendPerHour);
        json.WriteStartArray("quality");
        foreach (var flag in FeatureJson.Names(latest?.Flags ?? QualityFlags.None))
        {
            json.WriteStringValue(flag);
        }

        foreach (var mark in contradicted.Select(id => id == datastream.Id ? Contradictions.Shown : Contradictions.Beside).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(mark);
        }

        json.WriteEndArray();
        json.WriteNumber("expectedEverySeconds", Math.Round(datastream.ExpectedEvery.TotalSeconds));
    });
}
