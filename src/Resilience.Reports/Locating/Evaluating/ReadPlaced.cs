using System.Globalization;
using System.Text.Json;

namespace Resilience.Reports.Locating.Evaluating;

/// <summary>A place a person marked in a post and looked up.</summary>
/// <param name="Type">In the file's own words: <c>City/town</c>, <c>Country</c>, …</param>
/// <param name="Start">Where it begins, in characters of .NET.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Box">West, south, east, north; null when the file gives none.</param>
public sealed record PlacedMention(string Type, int Start, int Length, double Longitude, double Latitude, (double West, double South, double East, double North)? Box);

/// <summary>A post whose places are known.</summary>
/// <param name="Id">As in the file.</param>
/// <param name="Event">Which disaster; empty when the file does not say.</param>
/// <param name="Text">As in the file.</param>
/// <param name="Mentions">The marked places, each once.</param>
public sealed record PlacedPost(string Id, string Event, string Text, IReadOnlyList<PlacedMention> Mentions);

/// <summary>
/// Reads the shape of IDRISI-D: one JSON object a line with <c>tweet_id</c>, <c>event</c>, <c>text</c> and <c>mentions</c>, each with
/// <c>text type start_offset end_offset lat lon bbox</c>. Offsets count Unicode characters, as their Python does. Where they do not
/// fit, the nearest place in the post with the mention's text is taken. Every line comes back, as a post or as the reason it is none.
/// </summary>
public static class ReadPlaced
{
    /// <summary>Posts and bad lines in the file's order; lines count from 1.</summary>
    public static IEnumerable<(int Line, PlacedPost? Post, string? Bad)> Read(TextReader lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            PlacedPost? post = null;
            string? bad = null;
            try
            {
                post = Post(line);
            }
            catch (Exception exception) when (exception is JsonException or FormatException)
            {
                bad = exception is JsonException ? "not JSON" : exception.Message;
            }

            yield return (number, post, bad);
        }
    }

    private static PlacedPost Post(string line)
    {
        using var json = JsonDocument.Parse(line);
        var post = json.RootElement;
        if (post.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("not a JSON object");
        }

        var text = Text(post, "text") ?? throw new FormatException("no text");
        if (!post.TryGetProperty("mentions", out var mentions) || mentions.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("no mentions");
        }

        return new PlacedPost(Text(post, "tweet_id") ?? "", Text(post, "event") ?? "", text, [.. mentions.EnumerateArray().Select(mention => Mention(mention, text)).Distinct()]);
    }

    private static PlacedMention Mention(JsonElement mention, string text)
    {
        if (mention.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a mention is not an object");
        }

        var (longitude, latitude) = (Number(mention, "lon", 180), Number(mention, "lat", 90));
        var (start, length) = Span(mention, text);
        return new PlacedMention(Text(mention, "type") ?? "", start, length, longitude, latitude, Box(mention));
    }

    private static (int Start, int Length) Span(JsonElement mention, string text)
    {
        var marked = Text(mention, "text") ?? "";
        if (!mention.TryGetProperty("start_offset", out var from) || !mention.TryGetProperty("end_offset", out var to)
            || from.ValueKind != JsonValueKind.Number || to.ValueKind != JsonValueKind.Number || !from.TryGetInt32(out var first) || !to.TryGetInt32(out var end) || first < 0 || end <= first)
        {
            throw new FormatException("a mention has no start_offset and end_offset");
        }

        var (start, stop) = (Utf16(text, first), Utf16(text, end));
        if (marked.Length == 0 || text.AsSpan(start, stop - start).SequenceEqual(marked))
        {
            return stop > start ? (start, stop - start) : throw new FormatException("a mention lies outside the text");
        }

        var nearest = -1;
        for (var at = text.IndexOf(marked, StringComparison.Ordinal); at >= 0; at = text.IndexOf(marked, at + 1, StringComparison.Ordinal))
        {
            nearest = nearest < 0 || Math.Abs(at - start) < Math.Abs(nearest - start) ? at : nearest;
        }

        return nearest >= 0 ? (nearest, marked.Length) : stop > start ? (start, stop - start) : throw new FormatException("a mention lies outside the text");
    }

    /// <summary>The .NET index of the n-th Unicode character; the text's end beyond it.</summary>
    private static int Utf16(string text, int characters)
    {
        var at = 0;
        for (; characters > 0 && at < text.Length; characters--)
        {
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        }

        return at;
    }

    private static (double West, double South, double East, double North)? Box(JsonElement mention)
    {
        // OSM's order: south, north, west, east.
        if (!mention.TryGetProperty("bbox", out var box) || box.ValueKind != JsonValueKind.Array || box.GetArrayLength() != 4)
        {
            return null;
        }

        var sides = box.EnumerateArray().Select(Number).ToArray();
        return Array.TrueForAll(sides, double.IsFinite) ? (sides[2], sides[0], sides[3], sides[1]) : null;
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double Number(JsonElement of, string name, double most)
    {
        var number = of.TryGetProperty(name, out var value) ? Number(value) : double.NaN;
        return Math.Abs(number) <= most ? number : throw new FormatException($"a mention's {name} is no position");
    }

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : double.NaN;
}
