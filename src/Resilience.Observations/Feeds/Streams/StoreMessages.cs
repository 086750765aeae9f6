using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Resilience.Observations.Storing;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// Takes messages of one feed into the database: what they link to is fetched first, then one transaction stores them with the feed's
/// health and the raw messages. Only after its commit may they be acknowledged.
/// </summary>
internal sealed partial class StoreMessages(Store store, ILogger<StoreMessages> logger)
{
    /// <summary>Messages prepared side by side; what they link to usually lies on one cache.</summary>
    private const int SideBySide = 4;

    /// <summary>Stores a batch; throws only when the database cannot be written, and then nothing may be acknowledged.</summary>
    /// <param name="feed">The feed as it was when the connection was opened.</param>
    /// <param name="format">Its format.</param>
    /// <param name="batch">In the order they came.</param>
    /// <param name="note">What the feed's health says besides; null for nothing.</param>
    /// <param name="cancellationToken">Ends it; what is not committed comes again.</param>
    internal async Task<IReadOnlyList<PreparedMessage>> StoreAsync(Feed feed, IStreamFormat format, IReadOnlyList<StreamMessage> batch, string? note, CancellationToken cancellationToken)
    {
        var prepared = new PreparedMessage[batch.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batch.Count), new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (at, token) => prepared[at] = await PrepareAsync(feed, format, batch[at], token));
        try
        {
            await CommitAsync(feed, format, prepared, note, cancellationToken);
            return prepared;
        }
#pragma warning disable CA1031 // One message must not keep its neighbours out; which one it is shows when they are taken one by one.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogBatch(logger, exception, feed.Id, batch.Count);
            foreach (var one in prepared)
            {
                await CommitAloneAsync(feed, format, one, note, cancellationToken);
            }

            return prepared;
        }
    }

    // If even its refusal cannot be written the database is at fault, not the message.
    private async Task CommitAloneAsync(Feed feed, IStreamFormat format, PreparedMessage one, string? note, CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync(feed, format, [one], note, cancellationToken);
        }
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogMessage(logger, exception, feed.Id, one.Message.Topic);
            await CommitAsync(feed, format, [Refuse(one.Message, new FeedTrouble("error", $"Storing it failed: {exception.Message}"))], note, cancellationToken);
        }
    }

    private static async Task<PreparedMessage> PrepareAsync(Feed feed, IStreamFormat format, StreamMessage message, CancellationToken cancellationToken)
    {
        if (message.Payload.Length > format.MaxMessageBytes)
        {
            return Refuse(message, new FeedTrouble("too-large", $"{message.Payload.Length:N0} bytes on {message.Topic}; a message may have {format.MaxMessageBytes:N0}"));
        }

        try
        {
            return await format.PrepareAsync(feed, message, cancellationToken);
        }
        catch (FeedTrouble trouble)
        {
            return Refuse(message, trouble);
        }
        catch (JsonException exception)
        {
            return Refuse(message, new FeedTrouble("invalid-json", $"no JSON on {message.Topic}: {exception.Message}"));
        }
#pragma warning disable CA1031 // Whatever is wrong with one message is its own trouble, kept with its reason.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Refuse(message, new FeedTrouble("error", $"{message.Topic}: {exception.Message}"));
        }
    }

    private static PreparedMessage Refuse(StreamMessage message, FeedTrouble trouble) => new(message, Refused(trouble)) { Trouble = trouble, Content = trouble.Payload };

    private static ParsedPayload Refused(FeedTrouble trouble)
    {
        var parsed = new ParsedPayload();
        parsed.Refuse(trouble.Reason, trouble.Message);
        return parsed;
    }

    private async Task CommitAsync(Feed feed, IStreamFormat format, IReadOnlyList<PreparedMessage> batch, string? note, CancellationToken cancellationToken)
    {
        var raw = Raw(batch);
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        await PollFeed.KeepAsync(step.Db, feed.Id, raw, step.Now, cancellationToken);
        foreach (var one in batch)
        {
            if (one.Content is { } content)
            {
                await PollFeed.KeepAsync(step.Db, feed.Id, content, step.Now, cancellationToken);
            }

            (one.Parsed.Sha256, one.Parsed.Bytes) = one.Content is { } kept ? (kept.Sha256, kept.Bytes) : (raw.Sha256, one.Message.Payload.Length);
        }

        await format.StoreAsync(step, feed, batch, cancellationToken);
        await step.Db.SaveChangesAsync(cancellationToken);
        step.Db.ChangeTracker.Clear();
        foreach (var one in batch.Where(one => one.Trouble is not null))
        {
            await Quarantine.AddItemsAsync(step.Db, feed.Id, step.Now, one.Parsed, cancellationToken);
            await step.Db.SaveChangesAsync(cancellationToken);
        }

        var trouble = batch.LastOrDefault(one => one.Trouble is not null)?.Trouble;
        await StreamState.HeardAsync(step, feed.Id, batch.Any(one => one.Trouble is null), note ?? (trouble is null ? null : $"The last message that could not be used: {trouble.Message}"), cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    /// <summary>The messages as they came, one a line, for proof and replay.</summary>
    private static ReceivedPayload Raw(IReadOnlyList<PreparedMessage> batch)
    {
        using var lines = new MemoryStream();
        foreach (var (message, _) in batch)
        {
            using (var json = new Utf8JsonWriter(lines))
            {
                json.WriteStartObject();
                json.WriteString("topic", message.Topic);
                if (Encoding.UTF8.GetString(message.Payload) is var text && !text.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    json.WriteString("payload", text);
                }
                else
                {
                    json.WriteBase64String("base64", message.Payload);
                }

                json.WriteEndObject();
            }

            lines.WriteByte((byte)'\n');
        }

        return ReceivedPayload.Of(lines.ToArray(), "application/x-ndjson");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storing {Count} messages of {FeedId} together failed; they are taken one by one")]
    private static partial void LogBatch(ILogger logger, Exception exception, string feedId, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of {FeedId} on {Topic} could not be stored")]
    private static partial void LogMessage(ILogger logger, Exception exception, string feedId, string topic);
}
