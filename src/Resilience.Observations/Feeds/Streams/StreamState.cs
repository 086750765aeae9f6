using Microsoft.EntityFrameworkCore;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>Writes down how a feed that pushes is doing. Its state is judged by <see cref="FeedHealth"/>; silence is never taken for calm.</summary>
internal sealed class StreamState(Store store)
{
    /// <summary>For how long a stretch that may have holes is told of.</summary>
    private static readonly TimeSpan GapShownFor = TimeSpan.FromDays(1);

    /// <summary>Connected: with a gap when the broker had forgotten us since <see cref="Feed.LostSince"/> or the last contact.</summary>
    internal Task ConnectedAsync(string feedId, bool sessionPresent, string? note, CancellationToken cancellationToken) => ChangeAsync(
        feedId,
        (feed, now) =>
        {
            if (!sessionPresent && feed.LastTried is { } contact)
            {
                (feed.GapFrom, feed.GapUntil) = (feed.LostSince is { } lost && lost < contact ? lost : contact, now);
            }

            (feed.LostSince, feed.LastTried, feed.ConsecutiveFailures) = (null, now, 0);
            feed.LastError = Tell(feed, now, note);
        },
        cancellationToken);

    /// <summary>Not connected, and why. The first loss in a row is when it began.</summary>
    internal Task LostAsync(string feedId, string why, CancellationToken cancellationToken) => ChangeAsync(
        feedId,
        (feed, now) =>
        {
            feed.LastTried ??= now;
            feed.LostSince ??= now;
            feed.ConsecutiveFailures++;
            feed.LastError = $"Nothing is heard since {feed.LostSince:yyyy-MM-dd HH:mm} UTC: {why}";
        },
        cancellationToken);

    /// <summary>Still connected, whether or not anything came.</summary>
    internal Task AliveAsync(string feedId, string? note, CancellationToken cancellationToken) => ChangeAsync(
        feedId,
        (feed, now) =>
        {
            feed.LastTried = now;
            feed.LastError = note is null ? feed.LastError : Tell(feed, now, note);
        },
        cancellationToken);

    /// <summary>Messages were handled, inside the transaction that stored them.</summary>
    internal static async Task HeardAsync(Step<ObservationsDb> step, string feedId, bool usable, string? note, CancellationToken cancellationToken)
    {
        await step.Db.SaveChangesAsync(cancellationToken);
        step.Db.ChangeTracker.Clear();
        var row = await step.Db.Feeds.AsTracking().SingleAsync(feed => feed.Id == feedId, cancellationToken);
        (row.LastTried, row.LastGood) = (step.Now, usable ? step.Now : row.LastGood);
        row.LastError = Tell(row, step.Now, note);
        await JudgeAsync(step, row, cancellationToken);
    }

    private async Task ChangeAsync(string feedId, Action<Feed, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        if (await step.Db.Feeds.AsTracking().SingleOrDefaultAsync(feed => feed.Id == feedId, cancellationToken) is { } row)
        {
            change(row, step.Now);
            await JudgeAsync(step, row, cancellationToken);
            await step.CommitAsync(cancellationToken);
        }
    }

    private static async Task JudgeAsync(Step<ObservationsDb> step, Feed row, CancellationToken cancellationToken)
    {
        await FeedHealth.CountAsync(step.Db, row, step.Now, cancellationToken);
        row.State = FeedHealth.Judge(row, step.Now);
        row.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
    }

    private static string? Tell(Feed feed, DateTimeOffset now, string? note)
    {
        var gap = feed.GapUntil > now - GapShownFor ? $"Messages between {feed.GapFrom:yyyy-MM-dd HH:mm:ss} and {feed.GapUntil:HH:mm:ss} UTC may be missing: the broker did not keep them." : null;
        return gap is null || note is null ? gap ?? note : $"{gap} {note}";
    }
}
