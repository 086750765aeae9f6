using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Observations.Feeds;

/// <summary>A coordinator stops a feed that does harm, or lets it run again (it is then due at once).</summary>
internal sealed class PauseFeed(Store store)
{
    /// <summary>Sets or lifts the pause; setting it twice changes nothing. Refuses with 404 for an unknown feed.</summary>
    internal async Task<Feed> SetAsync(string feedId, bool paused, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var feed = await step.Db.Feeds.SingleOrDefaultAsync(row => row.Id == feedId, cancellationToken)
            ?? throw new RefusalException("observations.no-feed", $"There is no feed '{feedId}'.", 404);
        if (feed.Paused != paused)
        {
            feed.Paused = paused;
            feed.NextDue = paused ? feed.NextDue : step.Now;
            feed.State = FeedHealth.Judge(feed, step.Now);
            feed.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        return feed;
    }
}
