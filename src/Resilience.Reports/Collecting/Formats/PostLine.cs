using System.Globalization;
using System.Text.Json;

namespace Resilience.Reports.Collecting.Formats;

/// <summary>What one event of a stream amounted to.</summary>
/// <param name="Post">The post, deletion or takedown; null when it was none (an identity event, another collection) or unreadable.</param>
/// <param name="Why">Why it could not be read; null otherwise.</param>
/// <param name="Cursor">Where reading would go on after it, when the line itself says so.</param>
/// <param name="At">When it happened by the source's clock, when the line says so.</param>
internal readonly record struct PostEvent(RawPost? Post, Unreadable? Why, string? Cursor, DateTimeOffset? At);

/// <summary>
/// One event of a stream. Understood: Bluesky Jetstream (<c>kind</c> commit and account), Mastodon streaming (event
/// <c>update</c> and <c>delete</c>), and plain posts <c>{id|tweet_id, created_at, text, lang, author?}</c>, with
/// <c>{"id":…,"deleted":true}</c> for a deletion.
/// </summary>
internal static class PostLine
{
    internal static PostEvent Read(string eventName, ReadOnlyMemory<byte> utf8)
    {
        if (eventName == "delete")
        {
            var id = System.Text.Encoding.UTF8.GetString(utf8.Span).Trim().Trim('"');
            return id.Length is > 0 and <= 200
                ? new PostEvent(new RawPost(id, default, "", Kind: RawPostKind.Deleted), null, null, null)
                : new PostEvent(null, new Unreadable("no-id", "The deletion names no post.", utf8.Length), null, null);
        }

        using var document = JsonReading.TryParse(utf8, out var why);
        if (document is null)
        {
            return new PostEvent(null, why, null, null);
        }

        var line = document.RootElement;
        if (line.ValueKind != JsonValueKind.Object)
        {
            return new PostEvent(null, new Unreadable("not-json", "A post must be a JSON object.", utf8.Length), null, null);
        }

        return line.Member("did") is not null ? Jetstream(line, utf8.Length)
            : line.Member("content") is not null && line.Member("text") is null ? Mastodon(line)
            : Plain(line, utf8.Length);
    }

    private static PostEvent Mastodon(JsonElement line)
    {
        var post = MastodonStatus.Read(line, out var why);
        return new PostEvent(post, why, null, post?.CreatedAt);
    }

    private static PostEvent Plain(JsonElement line, int bytes)
    {
        if (line.Text("id_str", "id", "tweet_id") is not { Length: > 0 and <= 200 } id)
        {
            return new PostEvent(null, new Unreadable("no-id", "The line has neither id nor tweet_id.", bytes), null, null);
        }

        var cursor = line.Text("seq", "cursor") ?? id;
        if (line.Member("deleted") is { ValueKind: JsonValueKind.True })
        {
            return new PostEvent(new RawPost(id, default, "", Kind: RawPostKind.Deleted), null, cursor, null);
        }

        var created = JsonReading.Time(line.Text("created_at", "createdAt"));
        var author = line.Text("author", "user_id") ?? line.Member("user")?.Text("id_str", "id", "screen_name");
        return new PostEvent(new RawPost(id, created, line.Text("full_text", "text") ?? "", line.Text("lang", "language"), author), null, cursor, created);
    }

    private static PostEvent Jetstream(JsonElement line, int bytes)
    {
        var did = line.Text("did")!;
        var micros = line.Text("time_us");
        DateTimeOffset? at = long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var us) && us < 253_402_300_799_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond) : null;
        var cursor = line.Text("seq") ?? micros;
        if (line.Member("account") is { } account)
        {
            var gone = account.Member("active") is { ValueKind: JsonValueKind.False } && account.Text("status") is "deleted" or "takendown" or "suspended";
            return new PostEvent(gone ? new RawPost(did, default, "", Author: did, Kind: RawPostKind.AuthorGone) : null, null, cursor, at);
        }

        if (line.Member("commit") is not { } commit || commit.Text("collection") != "app.bsky.feed.post")
        {
            return new PostEvent(null, null, cursor, at);
        }

        if (commit.Text("rkey") is not { Length: > 0 } key)
        {
            return new PostEvent(null, new Unreadable("no-id", "The commit has no rkey.", bytes), cursor, at);
        }

        var id = $"{did}/{key}";
        if (commit.Text("operation") == "delete")
        {
            return new PostEvent(new RawPost(id, default, "", Author: did, Kind: RawPostKind.Deleted), null, cursor, at);
        }

        var record = commit.Member("record") ?? default;
        var created = JsonReading.Time(record.Text("createdAt"));

        // The author's device says createdAt; the server's own clock bounds it.
        var written = at is { } known && (created == default || created > known) ? known : created;
        var langs = record.Member("langs") is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 && array[0].ValueKind == JsonValueKind.String ? array[0].GetString() : null;
        return new PostEvent(new RawPost(id, written, record.Text("text") ?? "", langs, did), null, cursor, at);
    }
}
