using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Resilience.Server.Replaying;

/// <summary>A recording on its way through the chain: shifted by a fixed span. Immutable; files are read when first asked for.</summary>
internal sealed class Played(Recording recording, TimeSpan shift)
{
    private readonly Dictionary<string, Lazy<byte[]>> _files = recording.Payloads.Select(payload => payload.File).Distinct()
        .ToDictionary(file => file, file => new Lazy<byte[]>(() => ReadFile(Path.Combine(recording.Directory, file))));

    private readonly Dictionary<string, Lazy<IReadOnlyList<PlayedPost>>> _posts = recording.Payloads.Where(payload => payload.Kind is PayloadKind.Timeline or PayloadKind.Lines)
        .ToDictionary(payload => payload.File, payload => new Lazy<IReadOnlyList<PlayedPost>>(() => PlayedPost.Read(payload.Kind, ReadFile(Path.Combine(recording.Directory, payload.File)))));

    internal Recording Recording => recording;

    /// <summary>Chain time minus real time.</summary>
    internal TimeSpan Shift => shift;

    /// <summary>The chain's time of its last value.</summary>
    internal DateTimeOffset End => recording.RealTo + shift;

    /// <summary>The bytes of a payload.</summary>
    internal byte[] Bytes(RecordedPayload payload) => _files[payload.File].Value;

    /// <summary>The posts of a timeline or stream, oldest first, in real time.</summary>
    internal IReadOnlyList<PlayedPost> Posts(RecordedPayload payload) => _posts[payload.File].Value;

    /// <summary>The answer an address would have given at a time of the chain; null when there was none yet.</summary>
    internal RecordedPayload? Find(Uri url, DateTimeOffset now) => recording.Payloads
        .Where(payload => payload.Url.GetLeftPart(UriPartial.Path) == url.GetLeftPart(UriPartial.Path) && payload.Captured + shift <= now)
        .MaxBy(payload => payload.Captured);

    /// <summary>A strong entity tag of a payload's bytes.</summary>
    internal string Tag(RecordedPayload payload) => Convert.ToHexStringLower(SHA256.HashData(Bytes(payload)).AsSpan(0, 12));

    private static byte[] ReadFile(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>One recorded post: its id, when it was written (real time), and its JSON unchanged.</summary>
internal sealed record PlayedPost(string Id, DateTimeOffset CreatedAt, byte[] Json)
{
    internal static IReadOnlyList<PlayedPost> Read(PayloadKind kind, byte[] bytes)
    {
        if (kind == PayloadKind.Timeline)
        {
            using var timeline = JsonDocument.Parse(bytes);
            return [.. timeline.RootElement.EnumerateArray().Select(status => From(status, System.Text.Encoding.UTF8.GetBytes(status.GetRawText()))).OrderBy(post => post.CreatedAt)];
        }

        var posts = new List<PlayedPost>();
        foreach (var range in Lines(bytes))
        {
            using var line = JsonDocument.Parse(bytes.AsMemory(range));
            posts.Add(From(line.RootElement, bytes[range]));
        }

        return posts;
    }

    private static PlayedPost From(JsonElement post, byte[] json)
    {
        var id = post.TryGetProperty("id", out var own) ? own.GetString() : post.GetProperty("tweet_id").GetString();
        return new PlayedPost(id!, Time(post.GetProperty("created_at").GetString()!), json);
    }

    // Twitter wrote "Sat Aug 18 07:00:01 +0000 2018"; Mastodon writes ISO 8601.
    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParseExact(text, "ddd MMM dd HH:mm:ss zzz yyyy", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time)
        ? time
        : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<Range> Lines(byte[] bytes)
    {
        var start = 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length;
            if (end > start)
            {
                yield return start..end;
            }

            start = end + 1;
        }
    }
}
