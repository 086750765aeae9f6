using System.IO.Pipelines;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Reports.Collecting.Formats;
using Resilience.Storage;

namespace Resilience.Reports.Collecting;

/// <summary>
/// Reads one open response from where it stopped last time until it ends, falls silent or breaks. What has come in is stored
/// together with the cursor, so a crash repeats lines (which changes nothing) and never skips any.
/// </summary>
public sealed class ReadStream(Store store, IngestPosts ingest, IHttpClientFactory clients)
{
    /// <summary>Most events stored in one transaction.</summary>
    internal const int BatchSize = 200;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMinutes(2);

    /// <summary>Reads until the stream ends. Throws when it breaks; what came before is stored, and the source's health says why.</summary>
    /// <param name="sourceId">A registered stream.</param>
    /// <param name="once">Fill every batch whatever the network's rhythm, so that the same bytes always make the same transactions.</param>
    /// <param name="cancellationToken">Stops reading; what was not stored yet comes again.</param>
    internal async Task<Ingested> ReadAsync(string sourceId, bool once, CancellationToken cancellationToken)
    {
        PostSource source;
        await using (var db = store.Read<ReportsDb>())
        {
            source = await db.Sources.SingleOrDefaultAsync(row => row.Id == sourceId, cancellationToken)
                ?? throw new RefusalException("reports.unknown-source", $"Source {sourceId} is not registered.", 404);
        }

        var reading = new Reading(source, store.Clock.GetUtcNow());
        try
        {
            return await ReadToEndAsync(reading, once, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var reason = exception is OperationCanceledException ? "The stream fell silent." : exception.Message;
            await ingest.IngestAsync(sourceId, [], [], row => reading.NoteFailure(row, reason, store.Clock.GetUtcNow()), cancellationToken);
            throw exception is OperationCanceledException ? new IOException(reason, exception) : exception;
        }
    }

    private async Task<Ingested> ReadToEndAsync(Reading reading, bool once, CancellationToken cancellationToken)
    {
        // Real time: a replay's clock runs fast, the network does not.
        using var patience = new CancellationTokenSource(ConnectPatience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = Request(reading.Source);
        using var response = await clients.CreateClient(PollSources.HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (!response.IsSuccessStatusCode)
        {
            reading.CursorRefused = (int)response.StatusCode is 400 or 410 && reading.Source.Cursor is not null;
            throw new HttpRequestException($"The source answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }

        var lines = new EventLines(response.Content.Headers.ContentType?.MediaType == "text/event-stream");
        await using var body = await response.Content.ReadAsStreamAsync(either.Token);
        var pipe = PipeReader.Create(body);
        var (total, events) = (new Ingested(0, 0, 0, 0), new List<StreamEvent>());
        var silence = TimeSpan.FromSeconds(reading.Source.EverySeconds * 10);
        for (var ended = false; !ended;)
        {
            patience.CancelAfter(silence > ShortestSilence ? silence : ShortestSilence);
            var result = await pipe.ReadAsync(either.Token);
            lines.Take(result.Buffer, events);
            pipe.AdvanceTo(result.Buffer.End);
            ended = result.IsCompleted;
            if (ended)
            {
                lines.End(events);
            }

            // Live, whatever is there is stored at once: under load batches grow by themselves.
            while (events.Count >= BatchSize || (events.Count > 0 && (!once || ended)))
            {
                var batch = events.Take(BatchSize).ToList();
                events.RemoveRange(0, batch.Count);
                total = Sum(total, await StoreAsync(reading, batch, cancellationToken));
            }
        }

        await ingest.IngestAsync(reading.Source.Id, [], [], row => reading.NoteGood(row, store.Clock.GetUtcNow()), cancellationToken);
        return total;
    }

    private async Task<Ingested> StoreAsync(Reading reading, List<StreamEvent> batch, CancellationToken cancellationToken)
    {
        var (posts, unreadable) = (new List<RawPost>(), new List<Unreadable>());
        foreach (var item in batch)
        {
            if (item.TooLong)
            {
                unreadable.Add(new Unreadable("too-long", $"Longer than {EventLines.LongestEvent / 1024} KiB.", EventLines.LongestEvent));
                continue;
            }

            var read = PostLine.Read(item.Name, item.Data);
            reading.Passed(item.Id ?? read.Cursor, read.At);
            if (read.Post is { } post)
            {
                posts.Add(post);
            }
            else if (read.Why is { } why)
            {
                unreadable.Add(why);
            }
        }

        return await ingest.IngestAsync(reading.Source.Id, posts, unreadable, row => reading.NoteGood(row, store.Clock.GetUtcNow()), cancellationToken);
    }

    private static HttpRequestMessage Request(PostSource source)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Query.With(source.Uri, ("cursor", source.Cursor)));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        if (source.Cursor is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", source.Cursor);
        }

        return request;
    }

    private static Ingested Sum(Ingested a, Ingested b) => new(a.Stored + b.Stored, a.Known + b.Known, a.Deleted + b.Deleted, a.Quarantined + b.Quarantined);
}
