using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Observations.LiveMap;

/// <summary>Layer <c>observations.feeds</c>: the health of each feed, without geometry.</summary>
public sealed class FeedsLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => FeedLayers.Feeds;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var feeds = await db.Feeds.Where(feed => feed.Version > version && (version > 0 || feed.RemovedAt == null)).OrderBy(feed => feed.Version).ThenBy(feed => feed.Id).ToListAsync(cancellationToken);
        return [.. feeds.Select(feed => new MapFeature(feed.Id, feed.Version, feed.RemovedAt is null ? Feature(feed) : default(ReadOnlyMemory<byte>)))];
    }

    internal static byte[] Feature(Feed feed) => FeatureJson.Write(feed.Id, null, json =>
    {
        json.WriteString("id", feed.Id);
        json.WriteString("name", feed.Name);
        json.WriteString("state", feed.State.ToString());
        FeatureJson.WriteTime(json, "lastGood", feed.LastGood);
        FeatureJson.WriteTime(json, "lastTried", feed.LastTried);
        json.WriteNumber("everySeconds", Math.Round(feed.Every.TotalSeconds));
        json.WriteString("lastError", feed.LastError);
        json.WriteNumber("stations", feed.StationCount);
        json.WriteNumber("silentStations", feed.SilentStations);
        json.WriteNumber("quarantined", feed.Quarantined);
        json.WriteNumber("outsideArea", feed.OutsideArea);
        json.WriteString("credit", feed.Credit);
        json.WriteString("kind", "observations");
        json.WriteBoolean("bringsStations", feed.BringsStations);
        FeatureJson.WriteNumber(json, "score", feed.Score);
    });
}
