using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Observations.Coverages;
using Resilience.Storage;

namespace Resilience.Observations.LiveMap;

/// <summary>
/// Layer <c>observations.extents</c>: for the newest raster of each feed one feature per class, and one with the outline of what was looked at. A
/// class that no pixel reaches stays as a feature without geometry: "none seen" is an answer, and the outline says of where.
/// </summary>
public sealed class ExtentsLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => FeedLayers.Extents;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var coverages = await (
            from coverage in db.Coverages
            join feed in db.Feeds on coverage.FeedId equals feed.Id
            where coverage.Newest && coverage.Version > version && (version > 0 || feed.RemovedAt == null)
            orderby coverage.Version
            select new { coverage, feed }).ToListAsync(cancellationToken);
        var ids = coverages.ConvertAll(row => row.coverage.Id);
        var extents = (await db.Extents.Where(extent => ids.Contains(extent.CoverageId)).ToListAsync(cancellationToken)).ToLookup(extent => extent.CoverageId);
        var features = new List<MapFeature>();
        foreach (var row in coverages)
        {
            features.AddRange(row.feed.RemovedAt is null ? Features(row.feed, row.coverage, extents[row.coverage.Id]) : Gone(row.feed.Id, row.coverage.Version, 0));
            if (version > 0 && row.feed.RemovedAt is null)
            {
                features.AddRange(Gone(row.feed.Id, row.coverage.Version, extents[row.coverage.Id].Count()));
            }
        }

        return features;
    }

    /// <summary>The features of one raster.</summary>
    internal static IEnumerable<MapFeature> Features(Feed feed, Coverage coverage, IEnumerable<CoverageExtent> extents)
    {
        yield return Feature(feed, coverage, FrameId(feed.Id), coverage.Frame, json => json.WriteNull("class"));
        foreach (var extent in extents.OrderBy(extent => extent.ClassIndex))
        {
            yield return Feature(feed, coverage, ClassId(feed.Id, extent.ClassIndex), extent.Area, json =>
            {
                json.WriteNumber("class", extent.ClassIndex);
                json.WriteString("name", extent.Name);
                json.WriteNumber("squareKilometres", Math.Round(extent.SquareKilometres, 3));
                json.WriteNumber("coarsening", extent.Coarsening);
            });
        }
    }

    // Another mapping may have fewer classes, and a removed feed has none: what stood on the map before goes.
    private static IEnumerable<MapFeature> Gone(string feedId, long version, int classes)
    {
        for (var index = classes; index < CoverageMapping.MostClasses; index++)
        {
            yield return new MapFeature(ClassId(feedId, index), version, default);
        }

        if (classes == 0)
        {
            yield return new MapFeature(FrameId(feedId), version, default);
        }
    }

    private static string FrameId(string feedId) => $"{feedId}:frame";

    private static string ClassId(string feedId, int index) => FormattableString.Invariant($"{feedId}:{index}");

    private static MapFeature Feature(Feed feed, Coverage coverage, string id, NetTopologySuite.Geometries.Geometry? area, Action<Utf8JsonWriter> more) => new(id, coverage.Version, FeatureJson.WriteArea(id, json => GeometryJson.Write(json, area), json =>
    {
        json.WriteString("id", id);
        json.WriteString("coverageId", coverage.Id);
        json.WriteString("feedId", feed.Id);
        json.WriteString("feedName", feed.Name);
        json.WriteString("credit", feed.Credit);
        json.WriteString("quantity", coverage.Quantity.ToString());
        json.WriteString("unit", coverage.Unit);
        FeatureJson.WriteTime(json, "time", coverage.PhenomenonTime);
        FeatureJson.WriteTime(json, "receivedAt", coverage.ReceivedAt);
        json.WriteNumber("seenShare", Math.Round(coverage.SeenShare, 4));
        json.WriteBoolean("exercise", coverage.Exercise);
        more(json);
    }));
}
