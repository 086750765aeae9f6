using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Reports.Collecting;

/// <summary>
/// Takes posts in: masks, stores each once, honours deletions, puts aside what cannot be true, and hands the new ones over to be
/// classified. Used by the poller, the stream and a replay alike. The same posts twice change nothing; an edited post keeps its
/// first text.
/// </summary>
public sealed partial class IngestPosts(Store store, OriginSalt salt, ReportsMeter meter, ILogger<IngestPosts> logger)
{
    /// <summary>A post may be this much ahead of the chain's clock before it is put aside: phones' clocks are off by minutes.</summary>
    public static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    /// <summary>Older posts are put aside: they say nothing about now.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    /// <summary>Newest quarantine rows kept per source, so that a source gone mad does not fill the disk; the count goes on.</summary>
    public const int QuarantineRows = 1000;

    /// <summary>Takes in posts of a registered source.</summary>
    public Task<Ingested> IngestAsync(string sourceId, IReadOnlyList<RawPost> posts, CancellationToken cancellationToken) =>
        IngestAsync(sourceId, posts, [], source => { }, cancellationToken);

    /// <summary>Takes in posts and unreadable lines, and has <paramref name="note"/> write down cursor and health, all in one transaction.</summary>
    internal async Task<Ingested> IngestAsync(
        string sourceId, IReadOnlyList<RawPost> posts, IReadOnlyList<Unreadable> unreadable, Action<PostSource> note, CancellationToken cancellationToken)
    {
        using var activity = ReportsMeter.Activities.StartActivity("reports.ingest");
        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var source = await step.Db.Sources.SingleOrDefaultAsync(row => row.Id == sourceId, cancellationToken)
            ?? throw new RefusalException("reports.unknown-source", $"Source {sourceId} is not registered.", 404);
        var now = step.Now;
        var aside = new List<Unreadable>(unreadable);
        var written = new Dictionary<Guid, Post>();
        foreach (var raw in posts.Where(raw => raw.Kind == RawPostKind.Written))
        {
            if (Refuse(raw, source, now) is { } reason)
            {
                aside.Add(reason);
                continue;
            }

            var post = ToPost(raw, source, now);
            written.TryAdd(post.Id, post);
        }

        var deleted = await DeleteAsync(step, source, posts, written, now, cancellationToken);
        var stored = await StoreAsync(step, written, cancellationToken);
        await PutAsideAsync(step, source, aside, now, cancellationToken);
        note(source);
        source.State = JudgeSource.State(source, now);
        source.LayerVersion = await step.NextLayerVersionAsync(ReportLayers.Feeds, cancellationToken);
        await step.CommitAsync(cancellationToken);

        var known = posts.Count(raw => raw.Kind == RawPostKind.Written) - stored - (aside.Count - unreadable.Count);
        meter.Ingested(sourceId, stored, aside.Count, deleted);
        if (aside.Count > 0)
        {
            LogPutAside(logger, aside.Count, sourceId, aside[0].Reason, aside[0].Detail);
        }

        return new Ingested(stored, known, deleted, aside.Count);
    }

    /// <summary>The id of post and report.</summary>
    public static Guid IdOf(string sourceId, string postId) => StableId.From("reports.post", sourceId, postId);

    /// <summary>Why a post cannot be taken in, or null. Pure.</summary>
    internal static Unreadable? Refuse(RawPost raw, PostSource source, DateTimeOffset now)
    {
        var size = raw.Text.Length;
        if (string.IsNullOrWhiteSpace(raw.Id))
        {
            return new Unreadable("no-id", "The post has no id, so it could not be told from a repetition.", size);
        }

        if (string.IsNullOrWhiteSpace(raw.Text))
        {
            return new Unreadable("no-text", "The post has no text.", size);
        }

        if (raw.CreatedAt.Year is < 1990 or > 9000)
        {
            return new Unreadable("no-time", "The post does not say when it was written.", size);
        }

        var at = raw.CreatedAt.AddSeconds(source.ShiftSeconds);
        return at > now + ClockError ? new Unreadable("future", $"The post says it was written at {at:u}, which is still to come.", size)
            : at < now - Oldest ? new Unreadable("too-old", $"The post was written at {at:u}, more than {Oldest.Days} days ago.", size)
            : null;
    }

    private Post ToPost(RawPost raw, PostSource source, DateTimeOffset now) => new()
    {
        Id = IdOf(source.Id, raw.Id),
        SourceId = source.Id,
        OriginId = MaskPost.Origin(salt.Bytes, source.Id, raw.Author),
        Text = MaskPost.Text(raw.Text),
        Lang = Languages.Normal(raw.Lang),
        PostedAt = raw.CreatedAt.AddSeconds(source.ShiftSeconds),
        CollectedAt = now,
        Exercise = source.Exercise,
        ShiftSeconds = source.ShiftSeconds,
    };

    private static async Task<int> StoreAsync(Step<ReportsDb> step, Dictionary<Guid, Post> written, CancellationToken cancellationToken)
    {
        var ids = written.Keys.ToList();
        var known = (await step.Db.Posts.Where(post => ids.Contains(post.Id)).Select(post => post.Id).ToListAsync(cancellationToken)).ToHashSet();
        var stored = 0;
        foreach (var post in written.Values.Where(post => !known.Contains(post.Id)).OrderBy(post => post.PostedAt).ThenBy(post => post.Id))
        {
            step.Db.Posts.Add(post);
            if (!post.Deleted)
            {
                step.HandOver(ReportTopics.Collected, post.Id.ToString("D"));
                stored++;
            }
        }

        return stored;
    }

    /// <summary>Removes the texts of deleted posts and authors; a post deleted before it came is remembered as such.</summary>
    private async Task<int> DeleteAsync(
        Step<ReportsDb> step, PostSource source, IReadOnlyList<RawPost> posts, Dictionary<Guid, Post> written, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = posts.Where(raw => raw.Kind == RawPostKind.Deleted).Select(raw => IdOf(source.Id, raw.Id)).ToHashSet();
        var origins = posts.Where(raw => raw.Kind == RawPostKind.AuthorGone && !string.IsNullOrWhiteSpace(raw.Author))
            .Select(raw => MaskPost.Origin(salt.Bytes, source.Id, raw.Author)).ToHashSet();
        if (ids.Count == 0 && origins.Count == 0)
        {
            return 0;
        }

        foreach (var post in written.Values.Where(post => ids.Contains(post.Id) || origins.Contains(post.OriginId)))
        {
            (post.Text, post.Deleted) = ("", true);
        }

        var there = await step.Db.Posts.Where(post => ids.Contains(post.Id) || origins.Contains(post.OriginId)).ToListAsync(cancellationToken);
        foreach (var post in there)
        {
            (post.Text, post.Deleted) = ("", true);
        }

        foreach (var id in ids.Except(there.Select(post => post.Id)).Except(written.Keys))
        {
            step.Db.Posts.Add(new Post
            {
                Id = id,
                SourceId = source.Id,
                OriginId = "",
                Text = "",
                Lang = "",
                PostedAt = now,
                CollectedAt = now,
                Exercise = source.Exercise,
                ShiftSeconds = source.ShiftSeconds,
                Deleted = true,
            });
        }

        var gone = there.Select(post => post.Id).ToList();
        await ForgetText.ForgetAsync(step, await step.Db.Reports.Where(report => gone.Contains(report.Id)).ToListAsync(cancellationToken), cancellationToken);
        return there.Count;
    }

    private static async Task PutAsideAsync(Step<ReportsDb> step, PostSource source, List<Unreadable> aside, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (aside.Count == 0)
        {
            return;
        }

        source.Quarantined += aside.Count;
        foreach (var line in aside.TakeLast(QuarantineRows))
        {
            step.Db.Quarantine.Add(new QuarantinedPost { SourceId = source.Id, ReceivedAt = now, Reason = line.Reason, Detail = line.Detail, Bytes = line.Bytes });
        }

        await step.Db.SaveChangesAsync(cancellationToken);
        var oldestKept = await step.Db.Quarantine.Where(row => row.SourceId == source.Id).OrderByDescending(row => row.Id).Skip(QuarantineRows - 1).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancellationToken);
        if (oldestKept is { } id)
        {
            await step.Db.Quarantine.Where(row => row.SourceId == source.Id && row.Id < id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} lines of {Source} were put aside; the first because {Reason}: {Detail}")]
    private static partial void LogPutAside(ILogger logger, int count, string source, string reason, string detail);
}
