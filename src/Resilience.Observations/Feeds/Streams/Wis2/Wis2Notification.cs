using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>What a notification asks for.</summary>
internal enum Wis2Action
{
    /// <summary>New data (link <c>canonical</c>).</summary>
    New,

    /// <summary>Corrected data (link <c>update</c>).</summary>
    Update,

    /// <summary>Data withdrawn (link <c>deletion</c>).</summary>
    Deletion,
}

/// <summary>A WIS2 Notification Message, read strictly: what breaks the specification is refused with the rule it breaks.</summary>
/// <param name="Id">Its id, the same from every broker.</param>
/// <param name="DataId">What it is about.</param>
/// <param name="PublishedAt">When its origin published it, UTC.</param>
/// <param name="Action">What it asks for.</param>
/// <param name="Link">Where the data lies.</param>
/// <param name="MediaType">The link's media type in lower case, or null.</param>
/// <param name="Length">Size the link promises, or null.</param>
/// <param name="Content">Data carried inside, decoded; null when it has to be fetched.</param>
/// <param name="Method">How its hash is made; null when it gives none.</param>
/// <param name="Hash">The hash, as written.</param>
internal sealed record Wis2Notification(
    Guid Id, string DataId, DateTimeOffset PublishedAt, Wis2Action Action, Uri Link, string? MediaType, long? Length, byte[]? Content, string? Method, string? Hash)
{
    /// <summary>The whole message, by the specification.</summary>
    internal const int MaxMessageBytes = 8_192;

    private const int MaxContentBytes = 4_096;
    private const int MaxUnpackedBytes = 1024 * 1024;
    private const string Core = "http://wis.wmo.int/spec/wnm/1/conf/core";

    /// <summary>Reads one. Throws <see cref="FeedTrouble"/> or <see cref="JsonException"/>.</summary>
    internal static Wis2Notification Read(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxMessageBytes)
        {
            throw Broken("too-large", $"{message.Length:N0} bytes; a notification may have {MaxMessageBytes:N0}");
        }

        using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = JsonItems.MaxDepth });
        var root = document.RootElement;
        RefuseOtherVersions(root);
        var properties = root.Object("properties") ?? throw Broken("wnm", "it has no properties");
        RefuseOddGeometry(root);
        RefuseOddTimes(properties);
        var id = Guid.TryParseExact(String(root, "id"), "D", out var uuid) ? uuid : throw Broken("wnm", "its id is no UUID");
        var dataId = String(properties, "data_id") is { Length: > 0 and <= 1_000 } named && !named.Any(char.IsControl) ? named : throw Broken("wnm", "it has no usable data_id");
        var published = Utc(String(properties, "pubtime")) ?? throw Broken("wnm", "its pubtime is no UTC time (…Z)");
        var (action, link) = TheLink(root);
        var address = Uri.TryCreate(String(link, "href"), UriKind.Absolute, out var href) && href.Scheme is "http" or "https" ? href : throw Broken("wnm", "its link is no http or https address");
        var integrity = properties.Object("integrity");
        if (integrity is { } given && (String(given, "method") is null || String(given, "value") is null))
        {
            throw Broken("wnm", "its integrity lacks method or value");
        }

        return new Wis2Notification(
            id, dataId, published, action, address, String(link, "type")?.Split(';')[0].Trim().ToLowerInvariant(), link.Number("length") is { } length and >= 0 and < 1e15 ? (long)length : null,
            action == Wis2Action.Deletion ? null : Inline(properties), integrity is { } check ? String(check, "method") : null, integrity is { } value ? String(value, "value") : null);
    }

    // The schema calls version deprecated and conformsTo its successor; messages in the wild have either, or both.
    private static void RefuseOtherVersions(JsonElement root)
    {
        var version = String(root, "version");
        var conforms = root.Each("conformsTo").Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == Core);
        if (root.ValueKind != JsonValueKind.Object || String(root, "type") != "Feature" || (version is null && !conforms))
        {
            throw Broken("not-this-format", "it says neither version v04 nor that it conforms to the WIS2 notification core");
        }

        if (version is not (null or "v04") || (root.TryGetProperty("conformsTo", out _) && !conforms))
        {
            throw Broken("wnm-version", $"version {version ?? "(none)"} or the conformsTo it names is not one we know");
        }
    }

    private static void RefuseOddGeometry(JsonElement root)
    {
        var fits = root.TryGetProperty("geometry", out var geometry) && (geometry.ValueKind == JsonValueKind.Null || (String(geometry, "type") is "Point" or "Polygon" && geometry.TryGetProperty("coordinates", out var at) && at.ValueKind == JsonValueKind.Array));
        if (!fits)
        {
            throw Broken("wnm", "its geometry is neither a Point, a Polygon nor null");
        }
    }

    private static void RefuseOddTimes(JsonElement properties)
    {
        bool Fits(string name) => !properties.TryGetProperty(name, out var time) || time.ValueKind == JsonValueKind.Null || JsonValues.Time(String(properties, name)) is not null;
        var said = properties.TryGetProperty("datetime", out _) || (properties.TryGetProperty("start_datetime", out _) && properties.TryGetProperty("end_datetime", out _));
        if (!said || !Fits("datetime") || !Fits("start_datetime") || !Fits("end_datetime"))
        {
            throw Broken("wnm", "it has neither datetime nor start_datetime and end_datetime, or one of them is no time");
        }
    }

    private static (Wis2Action Action, JsonElement Link) TheLink(JsonElement root)
    {
        var telling = root.Each("links").Where(link => String(link, "rel") is "canonical" or "update" or "deletion").ToList();
        return telling.Count == 1
            ? (String(telling[0], "rel") switch { "update" => Wis2Action.Update, "deletion" => Wis2Action.Deletion, _ => Wis2Action.New }, telling[0])
            : throw Broken("wnm", $"it has {telling.Count} links that say what to do (canonical, update, deletion), not one");
    }

    private static byte[]? Inline(JsonElement properties)
    {
        if (properties.Object("content") is not { } content)
        {
            return null;
        }

        if (String(content, "value") is not { } value || Encoding.UTF8.GetByteCount(value) > MaxContentBytes)
        {
            throw Broken("too-large", $"its inline content is missing or longer than {MaxContentBytes:N0} bytes");
        }

        var bytes = String(content, "encoding") switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(value),
            "base64" => FromBase64(value),
            "gzip" => Unpack(FromBase64(value)),
            var other => throw Broken("wnm", $"its inline content is encoded as '{other}'"),
        };

        // Taken before or after unpacking by different senders: a size that fits neither means that something is missing.
        var size = content.Number("size");
        return size is null || size == bytes.Length || (String(content, "encoding") == "gzip" && size == FromBase64(value).Length) || size == value.Length
            ? bytes
            : throw Broken("wrong-size", string.Create(CultureInfo.InvariantCulture, $"its inline content has {bytes.Length} bytes, not the {size} it says"));
    }

    private static byte[] FromBase64(string value)
    {
        try
        {
            return Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            throw Broken("wnm", "its inline content is not base64");
        }
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new byte[MaxUnpackedBytes + 1];
        try
        {
            var read = gzip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read <= MaxUnpackedBytes ? bytes[..read] : throw Broken("too-large", $"its inline content unpacks to more than {MaxUnpackedBytes:N0} bytes");
        }
        catch (InvalidDataException)
        {
            throw Broken("wnm", "its inline content is not gzip");
        }
    }

    // RFC 3339 in UTC, written Z: the opposite of CAP.
    private static DateTimeOffset? Utc(string? text) => text is not null && text.EndsWith('Z') ? JsonValues.Time(text) : null;

    private static string? String(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static FeedTrouble Broken(string reason, string what) => new(reason, $"A WIS2 notification cannot be used: {what}");
}
