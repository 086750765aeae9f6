using System.Text;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Observations.LiveMap;

/// <summary>
/// Notes every minute which feeds have changed their state or their trouble, so that the map of a past moment says what was missing on it.
/// Every poll would be a row per feed and minute for nothing.
/// </summary>
internal sealed class KeepFeedMoments(Store store) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "observations.keep-feed-moments";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var known = await FeedHistory.At(step.Db, step.Now).ToDictionaryAsync(moment => moment.FeedId, cancellationToken);
        foreach (var feed in await step.Db.Feeds.AsNoTracking().ToListAsync(cancellationToken))
        {
            var state = feed.RemovedAt is null ? $"{feed.Name}\n{feed.State}\n{feed.LastError}" : "removed";
            var before = known.GetValueOrDefault(feed.Id);
            if (before?.State != state && before?.At != step.Now)
            {
                step.Db.FeedMoments.Add(new FeedMoment
                {
                    FeedId = feed.Id,
                    At = step.Now,
                    State = state,
                    Feature = feed.RemovedAt is null ? Encoding.UTF8.GetString(FeedsLayer.Feature(feed)) : null,
                });
            }
        }

        await step.CommitAsync(cancellationToken);
    }
}

/// <summary>The health of the feeds at a moment, to the minute.</summary>
public sealed class FeedHistory(Store store) : IMapHistory
{
    /// <inheritdoc/>
    public string Name => FeedLayers.Feeds;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var moments = await At(db, at).Where(moment => moment.Feature != null).OrderBy(moment => moment.FeedId).ToListAsync(cancellationToken);
        return [.. moments.Select(moment => new MapFeature(moment.FeedId, 0, Encoding.UTF8.GetBytes(moment.Feature!)))];
    }

    internal static IQueryable<FeedMoment> At(ObservationsDb db, DateTimeOffset at) => db.FeedMoments.AsNoTracking()
        .Where(moment => moment.At <= at && !db.FeedMoments.Any(other => other.FeedId == moment.FeedId && other.At <= at && other.At > moment.At));
}
