using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds;

/// <summary>
/// Asks one feed once: fetch, parse, store, and say how it went. What was fetched, what it brought and the feed's health are written
/// in one transaction, so a crash at any moment only means asking again.
/// </summary>
internal sealed partial class PollFeed(Store store, FetchPayload fetch, StoreObservations observations, FollowIndex follow, AreaCodes codes, IOptions<ObservationsOptions> options, ILogger<PollFeed> logger)
{
    /// <summary>Station lists change by the month; a day keeps them fresh at little cost.</summary>
    private static readonly TimeSpan StationsEvery = TimeSpan.FromDays(1);

    /// <summary>An unknown station has the list read again, but not more often than this.</summary>
    private static readonly TimeSpan StationsAgainAfter = TimeSpan.FromHours(1);

    /// <summary>Polls if the feed is due; never throws for the feed's trouble, which goes into its health.</summary>
    internal async Task PollAsync(string feedId, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        if (!await TryLockAsync(db, feedId, cancellationToken))
        {
            return;
        }

        try
        {
            await PollLockedAsync(db, feedId, cancellationToken);
        }
        finally
        {
            await UnlockAsync(db, feedId);
        }
    }

    private async Task PollLockedAsync(ObservationsDb db, string feedId, CancellationToken cancellationToken)
    {
        var feed = await db.Feeds.SingleOrDefaultAsync(row => row.Id == feedId, cancellationToken);
        if (feed is null or { Paused: true } or { RemovedAt: not null } || feed.NextDue > store.Clock.GetUtcNow())
        {
            return;
        }

        using var activity = ObservationsMeter.Activities.StartActivity("PollFeed");
        activity?.SetTag("feed", feedId);
        try
        {
            await PollAsync(feed, cancellationToken);
        }
        catch (FeedTrouble trouble)
        {
            LogTrouble(logger, feedId, trouble.Reason, trouble.Message);
            await RecordTroubleAsync(feedId, trouble, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever goes wrong with one feed must show in its health and leave the others alone.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception, feedId);
            await RecordTroubleAsync(feedId, new FeedTrouble("error", $"Handling the answer failed: {exception.Message}"), cancellationToken);
        }
    }

    private async Task PollAsync(Feed feed, CancellationToken cancellationToken)
    {
        var format = FeedFormats.Find(feed.Format)?.For(feed).At(store.Clock.GetUtcNow() - feed.TimeShift) ?? throw new FeedTrouble("format", $"Format '{feed.Format}' is unknown to this program.");
        var prefix = feed.StationPrefix ?? format.Prefix ?? feed.Id;
        var (refreshed, note) = await ReadStationsAsync(feed, format, prefix, cancellationToken);
        var (etag, lastModified) = refreshed ? (null, null) : (feed.ETag, feed.LastModified);
        var next = format.Ask(feed.Readings);
        // A file named by its time is new even where it holds the same as the one before: the time is what it tells.
        var dated = next != feed.Readings;
        (etag, lastModified) = dated ? (null, null) : (etag, lastModified);
        var usable = 0;
        for (var page = 1; ; page++)
        {
            var asked = next;
            var payload = await fetch.FetchAsync(asked, format, etag, lastModified, cancellationToken);
            if (payload is null || (page == 1 && !dated && !refreshed && !feed.HoldBackFuture && payload.Sha256 == feed.LastSha256))
            {
                await RecordGoodAsync(feed, row => row.LastError = note, payload, cancellationToken);
                return;
            }

            var (parsed, trouble) = await ParsePayload.ParseAsync(payload, prefix, format.ReadObservationsAsync, cancellationToken);
            if (trouble is not null)
            {
                await StoreWholeAsync(feed, payload, parsed, cancellationToken);
                throw trouble;
            }

            var followed = await follow.FollowAsync(feed, asked, format, parsed, cancellationToken);
            await follow.RememberFailedAsync(feed, followed, cancellationToken);
            (next, note) = Follow(asked, format.Next(asked, parsed), page, followed.Note ?? note);
            await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
            await KeepAsync(step.Db, feed.Id, payload, step.Now, cancellationToken);
            var announced = await StoreAnnouncedAsync(step, feed, parsed, followed, cancellationToken);
            var stored = await observations.StoreAsync(step, feed, parsed, cancellationToken);
            await StoreCoverages.StoreAsync(step, feed, parsed, cancellationToken);
            usable += stored.Added + stored.Revised + stored.Known + stored.HeldBack + parsed.Missing + parsed.Coverages.Count + announced;
            if (next is null)
            {
                // Warnings end by themselves: a list of none is believed once none of those it named still stands.
                var over = usable == 0 && format.Announces && !await StoreBulletins.AnyStandsAsync(step.Db, feed.Id, step.Now, cancellationToken);
                RefuseSilence(feed, parsed, usable, payload, over ? 0 : feed.LastItems);
                var single = page == 1 && followed.Unread == 0;
                var unknown = parsed.Refused.ContainsKey("unknown-station");
                await UpdateAsync(step, feed.Id, row => MarkGood(row, step.Now, payload, usable, single, unknown, note), cancellationToken);
                await step.CommitAsync(cancellationToken);
                return;
            }

            await step.CommitAsync(cancellationToken);
            (etag, lastModified) = (null, null);
        }
    }

    /// <summary>Reads the station list of a feed that pushes, when it is due; null, or what is wrong with the list.</summary>
    internal async Task<string?> ReadStationsOfStreamAsync(Feed feed, CancellationToken cancellationToken) =>
        FeedFormats.Find(feed.Format)?.For(feed) is { } format ? (await ReadStationsAsync(feed, format, feed.StationPrefix ?? format.Prefix ?? feed.Id, cancellationToken)).Note : null;

    /// <summary>Reads the station list when it is due. Its trouble is noted, but observations of known stations go on.</summary>
    private async Task<(bool Refreshed, string? Note)> ReadStationsAsync(Feed feed, IFeedFormat format, string prefix, CancellationToken cancellationToken)
    {
        if (feed.Stations is null || feed.StationsGood > store.Clock.GetUtcNow() - StationsEvery)
        {
            return (false, null);
        }

        try
        {
            var (next, refreshed, first, note) = (feed.Stations, false, (ReceivedPayload?)null, (string?)null);
            for (var page = 1; next is not null; page++)
            {
                var asked = next;
                var payload = await fetch.FetchAsync(asked, format, page == 1 ? feed.StationsETag : null, page == 1 ? feed.StationsLastModified : null, cancellationToken);
                if (payload is null)
                {
                    break;
                }

                first ??= payload;
                var (parsed, trouble) = await ParsePayload.ParseAsync(payload, prefix, format.ReadStationsAsync, cancellationToken);
                parsed.Observations.Clear();
                if (trouble is not null)
                {
                    await StoreWholeAsync(feed, payload, parsed, cancellationToken);
                    throw trouble;
                }

                (next, note) = Follow(asked, format.Next(asked, parsed), page, note);
                await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
                await KeepAsync(step.Db, feed.Id, payload, step.Now, cancellationToken);
                await observations.StoreAsync(step, feed, parsed, cancellationToken);
                await step.CommitAsync(cancellationToken);
                refreshed = true;
            }

            await using var mark = await store.BeginAsync<ObservationsDb>(cancellationToken);
            var row = await mark.Db.Feeds.SingleAsync(one => one.Id == feed.Id, cancellationToken);
            (row.StationsGood, row.StationsETag, row.StationsLastModified) = (mark.Now, first?.ETag ?? row.StationsETag, first?.LastModified ?? row.StationsLastModified);
            await mark.CommitAsync(cancellationToken);
            return (refreshed, note is null ? null : $"Station list: {note}");
        }
        catch (FeedTrouble trouble)
        {
            LogTrouble(logger, feed.Id, trouble.Reason, trouble.Message);
            await QuarantineAsync(feed.Id, trouble, cancellationToken);
            return (false, $"Station list: {trouble.Message}");
        }
    }

    /// <summary>Stores what a document held before it could not be read on; its trouble is the caller's to record.</summary>
    private async Task StoreWholeAsync(Feed feed, ReceivedPayload payload, ParsedPayload parsed, CancellationToken cancellationToken)
    {
        if (parsed.Observations.Count > 0 || parsed.Stations.Count > 0 || parsed.Bulletins.Count > 0)
        {
            await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
            await KeepAsync(step.Db, feed.Id, payload, step.Now, cancellationToken);
            await StoreBulletins.StoreAsync(step, feed, parsed, codes, cancellationToken);
            await observations.StoreAsync(step, feed, parsed, cancellationToken);
            await step.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Stores what a page announced itself and what its links led to; how many announcements were usable, seen ones included.</summary>
    private async Task<int> StoreAnnouncedAsync(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, FollowedIndex followed, CancellationToken cancellationToken)
    {
        var usable = await StoreBulletins.StoreAsync(step, feed, parsed, codes, cancellationToken) + followed.Seen.Count;
        foreach (var one in followed.Fetched)
        {
            await KeepAsync(step.Db, feed.Id, one.Payload, step.Now, cancellationToken);
            usable += await StoreBulletins.StoreAsync(step, feed, one.Parsed, codes, cancellationToken);
            parsed.TakeRepairs(one.Parsed);
            foreach (var (reason, what) in one.Parsed.Refused.SelectMany(reason => reason.Value.Samples.Select(sample => (reason.Key, sample))))
            {
                parsed.Refuse(reason, what);
            }
        }

        await FollowIndex.RememberAsync(step, feed, followed, cancellationToken);
        return usable;
    }

    // A next link may lead on only within the origin the operator named, and not for ever; stopping early is said, never silent.
    private (Uri? Next, string? Note) Follow(Uri asked, Uri? link, int page, string? note)
    {
        if (link is null)
        {
            return (null, note);
        }

        if (page >= options.Value.MaxPages)
        {
            return (null, $"More than {options.Value.MaxPages} pages (Observations:MaxPages); those after were not read.");
        }

        var next = link.IsAbsoluteUri ? link : new Uri(asked, link);
        return Uri.Compare(asked, next, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? (next, note)
            : throw new FeedTrouble("foreign-link", $"The next page lies on another server ({next.Host}); it is not followed.");
    }

    // An answer in which nothing can be used must never look like a quiet river.
    private static void RefuseSilence(Feed feed, ParsedPayload parsed, int usable, ReceivedPayload payload, int expected)
    {
        var refused = parsed.Refused.Sum(reason => reason.Value.Count);
        if (usable == 0 && (expected > 0 || refused > 0))
        {
            var why = refused == 0 ? "it lists nothing" : string.Join(", ", parsed.Refused.Select(reason => $"{reason.Key} {reason.Value.Count} times ({reason.Value.Samples[0]})"));
            throw new FeedTrouble("nothing-usable", $"The answer could be read but holds nothing to use, after {feed.LastItems} items the time before: {why}.") { Payload = payload };
        }
    }

    private static void MarkGood(Feed row, DateTimeOffset now, ReceivedPayload payload, int usable, bool single, bool unknownStation, string? note)
    {
        (row.LastSha256, row.ETag, row.LastModified) = single ? (payload.Sha256, payload.ETag, payload.LastModified) : (null, null, null);
        (row.LastItems, row.LastError) = (usable, note);
        if (unknownStation && row.StationsGood < now - StationsAgainAfter)
        {
            row.StationsGood = null;
        }

        GoodNow(row, now);
    }

    private static void GoodNow(Feed row, DateTimeOffset now)
    {
        (row.LastTried, row.LastGood, row.ConsecutiveFailures) = (now, now, 0);
        row.NextDue = FeedHealth.NextDue(row, now, null);
    }

    private async Task RecordGoodAsync(Feed feed, Action<Feed> change, ReceivedPayload? same, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        await StoreBulletins.StillListedAsync(step, feed, cancellationToken);
        if (same is not null)
        {
            await KeepAsync(step.Db, feed.Id, same, step.Now, cancellationToken);
        }

        await UpdateAsync(
            step, feed.Id,
            row =>
            {
                change(row);
                GoodNow(row, step.Now);
            },
            cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private async Task RecordTroubleAsync(string feedId, FeedTrouble trouble, CancellationToken cancellationToken)
    {
        ObservationsMeter.FetchFailures.Add(1, new KeyValuePair<string, object?>("feed", feedId), new KeyValuePair<string, object?>("reason", trouble.Reason));
        await QuarantineAsync(feedId, trouble, cancellationToken);
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        await UpdateAsync(
            step, feedId,
            row =>
            {
                (row.LastTried, row.LastError) = (step.Now, trouble.Message);
                row.ConsecutiveFailures++;
                row.NextDue = FeedHealth.NextDue(row, step.Now, trouble.RetryAfter);
            },
            cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private async Task QuarantineAsync(string feedId, FeedTrouble trouble, CancellationToken cancellationToken)
    {
        if (trouble.Payload is { } payload)
        {
            await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
            await KeepAsync(step.Db, feedId, payload, step.Now, cancellationToken);
            await Quarantine.AddPayloadAsync(step.Db, feedId, step.Now, trouble.Reason, trouble.Message, payload.Bytes, payload.Sha256, cancellationToken);
            await step.CommitAsync(cancellationToken);
        }
    }

    private static async Task UpdateAsync(Step<ObservationsDb> step, string feedId, Action<Feed> change, CancellationToken cancellationToken)
    {
        await step.Db.SaveChangesAsync(cancellationToken);
        var row = await step.Db.Feeds.AsTracking().SingleAsync(feed => feed.Id == feedId, cancellationToken);
        change(row);
        await CountQuality.AskedAsync(step.Db, feedId, step.Now, row.ConsecutiveFailures > 0, cancellationToken);
        await FeedHealth.CountAsync(step.Db, row, step.Now, cancellationToken);
        row.State = FeedHealth.Judge(row, step.Now);
        row.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
    }

    internal static async Task KeepAsync(ObservationsDb db, string feedId, ReceivedPayload payload, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = await db.Payloads.Where(row => row.FeedId == feedId && row.Sha256 == payload.Sha256)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastReceivedAt, now), cancellationToken);
        if (seen == 0)
        {
            db.Payloads.Add(new RawPayload { FeedId = feedId, Sha256 = payload.Sha256, ReceivedAt = now, LastReceivedAt = now, ContentType = payload.ContentType, Bytes = payload.Bytes, Gzip = payload.Gzip, Complete = payload.Complete });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    // A session lock of PostgreSQL ends with the connection: a worker that dies mid-poll frees its feed at once.
    private static async Task<bool> TryLockAsync(ObservationsDb db, string feedId, CancellationToken cancellationToken)
    {
        if (db.IsSqlite)
        {
            return true;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        var locked = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock(hashtext('observations.poll'), hashtext({feedId})) AS \"Value\"").ToListAsync(cancellationToken);
        return locked[0];
    }

    // Said outright, because a pooled connection is reset only when it is used again.
    private static async Task UnlockAsync(ObservationsDb db, string feedId)
    {
        if (!db.IsSqlite)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtext('observations.poll'), hashtext({feedId}))", CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {FeedId} gave nothing usable ({Reason}): {Detail}")]
    private static partial void LogTrouble(ILogger logger, string feedId, string reason, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Feed {FeedId} could not be handled")]
    private static partial void LogFailed(ILogger logger, Exception exception, string feedId);
}
