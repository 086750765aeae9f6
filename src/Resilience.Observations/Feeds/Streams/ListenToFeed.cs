using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Core.Network;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// Listens to one feed until its connection ends: connect, take messages in batches, acknowledge what is stored. A crash anywhere means
/// that the broker sends again what was not acknowledged, and storing it again changes nothing.
/// </summary>
internal sealed partial class ListenToFeed(
    Store store, PollFeed stations, StoreMessages storeMessages, StreamState state, IEnumerable<IStreamFormat> formats, AllowedHosts allowed, IOptions<ObservationsOptions> options, ILogger<ListenToFeed> logger)
{
    private const int BatchSize = 50;
    private static readonly TimeSpan ContactEvery = TimeSpan.FromSeconds(30);

    /// <summary>Listens; true when the broker was reached, false when it was not or another process listens.</summary>
    /// <param name="feedId">A feed with topics.</param>
    /// <param name="stop">Ends listening: the feed was paused, changed or removed, or the server stops.</param>
    /// <param name="serverStops">The server stops: the broker is to keep our session until the next start.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The owner disposes the context it is given.")]
    internal async Task<bool> ListenAsync(string feedId, CancellationToken stop, CancellationToken serverStops)
    {
        await using var own = await OwnFeed.TryTakeAsync(store.Read<ObservationsDb>(), feedId, stop);
        if (own is null || await ReadAsync(feedId, stop) is not { } feed)
        {
            return false;
        }

        var format = formats.First(one => one.Name == feed.Format);
        try
        {
            var note = await stations.ReadStationsOfStreamAsync(feed, stop);
            await using var connection = await BrokerConnection.OpenAsync(feed, options.Value, allowed, stop);
            try
            {
                await state.ConnectedAsync(feedId, connection.SessionPresent, note, stop);
                await TakeAsync(own, feed, format, connection, note, stop);
            }
            finally
            {
                // Paused or changed: the broker need not hoard for nobody. The server stopping or failing: it shall.
                await connection.CloseAsync(forget: stop.IsCancellationRequested && !serverStops.IsCancellationRequested);
            }

            await state.LostAsync(feedId, $"the connection ended ({connection.Ended ?? "closed"}).", stop);
            LogEnded(logger, feedId, connection.Ended);
            return true;
        }
        catch (FeedTrouble trouble)
        {
            ObservationsMeter.FetchFailures.Add(1, new KeyValuePair<string, object?>("feed", feedId), new KeyValuePair<string, object?>("reason", trouble.Reason));
            await state.LostAsync(feedId, trouble.Message, stop);
            LogEnded(logger, feedId, trouble.Message);
            return false;
        }
    }

    private async Task<Feed?> ReadAsync(string feedId, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Feeds.AsNoTracking().SingleOrDefaultAsync(row => row.Id == feedId && row.Topics != null && !row.Paused && row.RemovedAt == null, cancellationToken);
    }

    private async Task TakeAsync(OwnFeed own, Feed feed, IStreamFormat format, BrokerConnection connection, string? note, CancellationToken stop)
    {
        var more = connection.Messages.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            var tick = Task.Delay(ContactEvery, TimeProvider.System, stop);
            if (await Task.WhenAny(more, tick) == tick)
            {
                await tick;
                await own.EnsureAsync(stop);
                note = await ReadAsync(feed.Id, stop) is { } fresh ? await stations.ReadStationsOfStreamAsync(fresh, stop) : note;
                await state.AliveAsync(feed.Id, note, stop);
                continue;
            }

            if (!await more)
            {
                return;
            }

            var batch = new List<StreamMessage>(BatchSize);
            while (batch.Count < BatchSize && connection.Messages.TryRead(out var message))
            {
                batch.Add(message);
            }

            await own.EnsureAsync(stop);
            var dropped = connection.TakeDropped();
            await storeMessages.StoreAsync(feed, format, batch, dropped > 0 ? $"{dropped} messages sent without guarantee (QoS 0) came faster than they could be stored and are lost." : note, stop);
            await AcknowledgeAsync(feed.Id, batch, stop);
            more = connection.Messages.WaitToReadAsync(stop).AsTask();
        }
    }

    // A connection that went meanwhile only means that the broker sends them again.
    private async Task AcknowledgeAsync(string feedId, List<StreamMessage> batch, CancellationToken stop)
    {
        try
        {
            foreach (var message in batch)
            {
                await message.AcknowledgeAsync(stop);
            }
        }
        catch (Exception exception) when (exception is MQTTnet.Exceptions.MqttCommunicationException or MQTTnet.Exceptions.MqttClientNotConnectedException or IOException or ObjectDisposedException)
        {
            LogUnacknowledged(logger, exception, feedId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {FeedId}: {Why}")]
    private static partial void LogEnded(ILogger logger, string feedId, string? why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Feed {FeedId}: stored messages could not be acknowledged; they will come again")]
    private static partial void LogUnacknowledged(ILogger logger, Exception exception, string feedId);
}
