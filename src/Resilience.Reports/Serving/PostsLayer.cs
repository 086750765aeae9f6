using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Reports.Collecting;
using Resilience.Storage;

namespace Resilience.Reports.Serving;

/// <summary>Map layer <c>reports.posts</c>: what people wrote in the last two days, where the place they name is. No author, no handle.</summary>
public sealed class PostsLayer(Store store) : IMapLayer
{
    /// <summary>How long a post stays on the map.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(48);

    /// <summary>Most posts on the map at once, the newest: more than that nobody reads, and a browser draws slowly.</summary>
    public const int Most = 2000;

    /// <inheritdoc/>
    public string Name => ReportLayers.Posts;

    /// <inheritdoc/>
    public Audience Audience => Audience.Coordinator;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        var sources = await db.Sources.ToDictionaryAsync(source => source.Id, source => source.Name, cancellationToken);
        var changed = version == 0
            ? db.Reports.Where(report => report.OnMap).OrderByDescending(report => report.PostedAt).Take(Most)
            : db.Reports.Where(report => report.LayerVersion > version);
        var rows = await changed.OrderBy(report => report.LayerVersion).ThenBy(report => report.PostedAt).ThenBy(report => report.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(report => new MapFeature(report.Id.ToString("D"), report.LayerVersion, report.OnMap ? Feature(report, sources) : default))];
    }

    /// <summary>What <c>PostProperties</c> of the faces' contract says.</summary>
    internal static PostProperties Properties(Report report, string sourceName) => new(
        report.Id, report.Text, report.Lang, report.Category, Math.Round(report.PCategory, 3), Math.Round(report.PInformative, 3), report.ModelVersion,
        report.PlaceName, report.RadiusKm, report.PostedAt, sourceName, report.Exercise, report.ShiftSeconds);

    private static ReadOnlyMemory<byte> Feature(Report report, Dictionary<string, string> sources)
    {
        var geometry = report.Location is { } at ? new PointGeometry("Point", [at.Coordinate.X, at.Coordinate.Y]) : null;
        var feature = new Feature<PostProperties>("Feature", report.Id.ToString("D"), geometry, Properties(report, sources.GetValueOrDefault(report.SourceId, report.SourceId)));
        return JsonSerializer.SerializeToUtf8Bytes(feature, ReportsJson.Default.FeaturePostProperties);
    }
}

/// <summary>Map layer <c>reports.feeds</c>: how the sources of posts are doing.</summary>
public sealed class FeedsLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => ReportLayers.Feeds;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        var rows = await db.Sources.Where(source => source.LayerVersion > version).OrderBy(source => source.LayerVersion).ThenBy(source => source.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(source => new MapFeature(source.Id, source.LayerVersion, JsonSerializer.SerializeToUtf8Bytes(
            new Feature<FeedProperties>("Feature", source.Id, null, Properties(source)), ReportsJson.Default.FeatureFeedProperties)))];
    }

    private static FeedProperties Properties(PostSource source) => new(
        source.Id, source.Name, source.State.ToString(), source.LastGood, source.LastTried, source.EverySeconds, source.LastError, 0, 0, source.Quarantined, source.Credit, "posts");
}
