using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core.Chain;
using Resilience.Reports.Collecting.Formats;
using Resilience.Storage;

namespace Resilience.Reports.Collecting;

/// <summary>
/// Asks every polled source that is due for what is newer than the last post seen. Sources are asked at the same time and stored
/// one after the other; one that fails waits longer each time and holds up nobody.
/// </summary>
public sealed partial class PollSources(Store store, IngestPosts ingest, IHttpClientFactory clients, ILogger<PollSources> logger) : IRecurringWork
{
    /// <summary>The named client used for polls and streams; a replay replaces its primary handler.</summary>
    public const string HttpClientName = "reports.sources";

    /// <summary>Posts asked for at once: Mastodon's own maximum.</summary>
    internal const int PageSize = 40;

    /// <summary>Pages read in one poll before the rest is called a gap: 400 posts between two polls is more than anybody reads.</summary>
    internal const int MostPages = 10;

    /// <summary>Largest answer read, after decompression. Forty posts of 5,000 characters with their accounts stay below 1 MiB.</summary>
    internal const int LargestAnswer = 5 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "reports.poll-sources";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<PostSource> due;
        await using (var db = store.Read<ReportsDb>())
        {
            var now = store.Clock.GetUtcNow();
            due = await db.Sources
                .Where(source => source.Format == RegisterSource.MastodonTimeline && source.State != SourceState.Paused && source.NextAt <= now)
                .OrderBy(source => source.Id).ToListAsync(cancellationToken);
        }

        var answers = await Task.WhenAll(due.Select(source => ReadAsync(source, cancellationToken)));
        foreach (var (source, answer) in due.Zip(answers))
        {
            await StoreAsync(source, answer, cancellationToken);
        }
    }

    private async Task StoreAsync(PostSource source, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Failure is { } failure)
        {
            LogFailed(logger, source.Id, failure);
        }

        // Oldest first, so that a crash half-way would leave the older ones stored.
        var posts = answer.Posts.OrderBy(post => post.CreatedAt).ToList();
        await ingest.IngestAsync(source.Id, posts, answer.Unreadable, row => Note(row, answer, store.Clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Writes down what an answer means for the source. Pure but for the row.</summary>
    internal static void Note(PostSource row, Answer answer, DateTimeOffset now)
    {
        row.LastTried = now;
        row.Cursor = answer.Cursor ?? row.Cursor;
        row.ETag = answer.ETag;
        if (answer.Failure is { } failure)
        {
            row.Failures++;
            row.LastError = failure;
            row.NextAt = now + Backoff.After(row.Id, row.Failures, TimeSpan.FromSeconds(row.EverySeconds), answer.RetryAfter);
            return;
        }

        row.Failures = 0;
        row.LastGood = now;
        row.LastError = answer.Gap;
        row.Gaps += answer.Gap is null ? 0 : 1;
        row.NextAt = now + TimeSpan.FromSeconds(row.EverySeconds);
    }

    /// <summary>Reads page after page back to the last post seen. Never throws but when cancelled.</summary>
    internal async Task<Answer> ReadAsync(PostSource source, CancellationToken cancellationToken)
    {
        var answer = new Answer { ETag = source.ETag };
        using var activity = ReportsMeter.Activities.StartActivity("reports.poll");
        activity?.SetTag("source", source.Id);

        // Real time: a replay's clock runs fast, the network does not.
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            string? before = null;
            for (var page = 0; page < MostPages; page++)
            {
                var ids = await ReadPageAsync(source, before, answer, either.Token);
                var oldest = ids.Count == 0 ? null : ids.Min(MastodonIds);
                if (answer.Failure is not null || source.Cursor is null || ids.Count < PageSize || oldest is null || (before is not null && MastodonStatus.CompareIds(oldest, before) >= 0))
                {
                    return answer;
                }

                before = oldest;
            }

            answer.Gap = $"More than {MostPages * PageSize} posts came between two polls; the oldest of them were not read.";
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            answer.Failure = exception is OperationCanceledException ? $"No complete answer within {Patience.TotalSeconds:0} s." : exception.Message;
            return answer;
        }
    }

    private static readonly Comparer<string> MastodonIds = Comparer<string>.Create(MastodonStatus.CompareIds);

    private async Task<List<string>> ReadPageAsync(PostSource source, string? before, Answer answer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Query.With(source.Uri, ("limit", $"{PageSize}"), ("since_id", source.Cursor), ("max_id", before)));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (before is null && source.ETag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", source.ETag);
        }

        using var response = await clients.CreateClient(HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return [];
        }

        if (!response.IsSuccessStatusCode)
        {
            answer.Failure = $"The source answered {(int)response.StatusCode} {response.ReasonPhrase}.";
            answer.RetryAfter = response.Headers.RetryAfter?.Delta;
            return [];
        }

        var bytes = await BoundedBody.ReadAsync(response.Content, LargestAnswer, cancellationToken);
        var (posts, unreadable, ids) = MastodonStatus.ReadTimeline(bytes);
        answer.Posts.AddRange(posts);
        answer.Unreadable.AddRange(unreadable);
        if (ids.Count == 0 && unreadable.Count > 0)
        {
            answer.Failure = unreadable[0].Detail;
        }

        if (before is null)
        {
            // The query names the newest post seen, so an ETag only fits while no newer one came.
            answer.Cursor = ids.Count == 0 ? null : ids.Append(source.Cursor ?? "").Max(MastodonIds);
            answer.ETag = answer.Cursor is null || answer.Cursor == source.Cursor ? response.Headers.ETag?.ToString() : null;
        }

        return ids;
    }

    /// <summary>What a poll brought.</summary>
    internal sealed class Answer
    {
        internal List<RawPost> Posts { get; } = [];

        internal List<Unreadable> Unreadable { get; } = [];

        internal string? Cursor { get; set; }

        internal string? ETag { get; set; }

        internal string? Failure { get; set; }

        internal string? Gap { get; set; }

        internal TimeSpan? RetryAfter { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source} could not be read: {Reason}")]
    private static partial void LogFailed(ILogger logger, string source, string reason);
}
