using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>
/// WIS2: a message announces data, carries or links to it, and gives its hash. Data comes from the message itself or over the feeds' HTTP
/// client, is checked against the hash, and handed to a decoder by what it is; what nobody can decode is kept as it came and said to be
/// not decoded. The same message comes from several brokers and is handled once; a later message about the same data replaces or withdraws.
/// </summary>
internal sealed class Wis2Format(Store store, FetchPayload fetch, DecodeContent decode, StoreObservations observations, IOptions<ObservationsOptions> options) : IStreamFormat
{
    internal const string FormatName = "wis2";

    /// <summary>Stations go by their WIGOS identifier, whatever feed or format names them.</summary>
    internal const string StationPrefix = "wigos";

    private const string NotDecoded = "not-decoded";

    public string Name => FormatName;

    public string Title => "WIS2 notifications (MQTT)";

    public string? Prefix => StationPrefix;

    public int MaxMessageBytes => Wis2Notification.MaxMessageBytes;

    public async Task<PreparedMessage> PrepareAsync(Feed feed, StreamMessage message, CancellationToken cancellationToken)
    {
        var notification = Wis2Notification.Read(message.Payload);
        var parsed = new ParsedPayload();
        if (notification.Action == Wis2Action.Deletion || await IsKnownAsync(notification.Id, cancellationToken))
        {
            return new PreparedMessage(message, parsed) { Notification = notification };
        }

        ReceivedPayload? content = null;
        try
        {
            content = await GetAsync(notification, cancellationToken);
            var data = content.ToArray();
            Integrity.Verify(notification, content, data);
            await decode.IntoAsync(parsed, notification, message.Topic, data, feed.StationPrefix ?? StationPrefix, store.Clock.GetUtcNow() - feed.TimeShift, cancellationToken);
            return new PreparedMessage(message, parsed) { Notification = notification, Content = content };
        }
        catch (Exception exception) when (exception is FeedTrouble or JsonException)
        {
            var trouble = exception as FeedTrouble ?? new FeedTrouble("invalid-json", exception.Message);
            if (trouble.Reason != NotDecoded)
            {
                // What a decoder read before it stopped is not taken: the notification will be tried again with the next copy.
                parsed = new ParsedPayload();
            }

            parsed.Refuse(trouble.Reason, $"{notification.DataId}: {trouble.Message}");
            return new PreparedMessage(message, parsed) { Notification = notification, Content = content ?? trouble.Payload, Trouble = trouble };
        }
    }

    public async Task StoreAsync(Step<ObservationsDb> step, Feed feed, IReadOnlyList<PreparedMessage> messages, CancellationToken cancellationToken)
    {
        // Whoever handles notifications takes turns: two feeds may hold the same one at the same moment.
        await IObservationRows.For(step.Db).LockAsync("observations.notifications", cancellationToken);
        foreach (var one in messages.Where(one => one.Notification is not null))
        {
            var (outcome, batch) = await HandleAsync(step, feed, one, one.Notification!, cancellationToken);
            if (outcome is not null)
            {
                await WriteDownAsync(step, feed, one.Notification!, outcome.Value, batch, cancellationToken);
            }

            await step.Db.SaveChangesAsync(cancellationToken);
            step.Db.ChangeTracker.Clear();
        }
    }

    private async Task<ReceivedPayload> GetAsync(Wis2Notification notification, CancellationToken cancellationToken)
    {
        if (notification.Content is { } inline)
        {
            return ReceivedPayload.Of(inline, notification.MediaType);
        }

        if (notification.Length > options.Value.MaxBytes)
        {
            throw new FeedTrouble("too-large", $"the data it links to has {notification.Length:N0} bytes; {options.Value.MaxBytes:N0} are taken");
        }

        var payload = await fetch.FetchAsync(notification.Link, AnyData.Instance, null, null, cancellationToken) ?? throw new FeedTrouble("http-status", "the data it links to was not given");
        return payload.Complete ? payload : throw new FeedTrouble("truncated", "the connection ended in the middle of the data") { Payload = payload };
    }

    private async Task<bool> IsKnownAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Notifications.AnyAsync(row => row.Id == id && row.Outcome != NotificationOutcome.Refused, cancellationToken);
    }

    private async Task<(NotificationOutcome? Outcome, Guid? Batch)> HandleAsync(Step<ObservationsDb> step, Feed feed, PreparedMessage message, Wis2Notification notification, CancellationToken cancellationToken)
    {
        if (await step.Db.Notifications.AnyAsync(row => row.Id == notification.Id && row.Outcome != NotificationOutcome.Refused, cancellationToken))
        {
            return (null, null);
        }

        if (await step.Db.Notifications.AnyAsync(row => row.DataId == notification.DataId && row.PublishedAt > notification.PublishedAt && row.Outcome != NotificationOutcome.Refused, cancellationToken))
        {
            return (NotificationOutcome.Superseded, null);
        }

        if (notification.Action == Wis2Action.Deletion)
        {
            return (NotificationOutcome.Withdrawn, await WithdrawAsync(step, feed, notification, cancellationToken));
        }

        if (message.Trouble is { } trouble)
        {
            return (trouble.Reason == NotDecoded ? NotificationOutcome.NotDecoded : NotificationOutcome.Refused, null);
        }

        return (NotificationOutcome.Stored, (await observations.StoreAsync(step, feed, message.Parsed, cancellationToken)).BatchId);
    }

    // Values heard are never forgotten, but one its own origin withdrew may neither raise a warning nor clear one: it becomes a doubted revision.
    private async Task<Guid?> WithdrawAsync(Step<ObservationsDb> step, Feed feed, Wis2Notification notification, CancellationToken cancellationToken)
    {
        var batches = await step.Db.Notifications.Where(row => row.DataId == notification.DataId && row.BatchId != null).Select(row => row.BatchId!.Value).ToListAsync(cancellationToken);
        var brought = await step.Db.Observations.AsNoTracking().Where(row => batches.Contains(row.BatchId)).ToListAsync(cancellationToken);
        if (brought.Count == 0)
        {
            return null;
        }

        var ids = brought.Select(row => row.DatastreamId).Distinct().ToList();
        var streams = await step.Db.Datastreams.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        var parsed = new ParsedPayload { Sha256 = null };
        foreach (var stream in streams)
        {
            parsed.Datastreams[stream.Id] = new ParsedDatastream(stream.Id, stream.StationId, stream.Property, stream.Unit, stream.Name, stream.ExpectedEvery);
        }

        foreach (var row in brought.GroupBy(row => (row.DatastreamId, row.PhenomenonTime)).Select(revisions => revisions.MaxBy(row => row.Revision)!))
        {
            parsed.Observations.Add(new ParsedObservation(row.DatastreamId, row.PhenomenonTime - feed.TimeShift, row.Result, "withdrawn", Doubted: true, notification.PublishedAt));
        }

        return (await observations.StoreAsync(step, feed, parsed, cancellationToken)).BatchId;
    }

    private static async Task WriteDownAsync(Step<ObservationsDb> step, Feed feed, Wis2Notification notification, NotificationOutcome outcome, Guid? batch, CancellationToken cancellationToken)
    {
        await step.Db.Notifications.Where(row => row.Id == notification.Id).ExecuteDeleteAsync(cancellationToken);
        step.Db.Notifications.Add(new HandledNotification
        {
            Id = notification.Id,
            DataId = notification.DataId,
            PublishedAt = notification.PublishedAt,
            ReceivedAt = step.Now,
            FeedId = feed.Id,
            Outcome = outcome,
            BatchId = batch,
        });
    }

    /// <summary>Stands for whatever a link leads to: bytes, judged by their hash and decoder.</summary>
    private sealed class AnyData : IFeedFormat
    {
        internal static readonly AnyData Instance = new();

        public string Name => FormatName;

        public string? Prefix => StationPrefix;

        public string Accept => "*/*";

        public PayloadKind Kind => PayloadKind.Binary;

        public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
