using System.Globalization;
using System.Text.Json;

namespace Resilience.Reports.Collecting.Formats;

/// <summary>Reads untrusted JSON: bounded depth, strict syntax, and times in the ways posts write them.</summary>
internal static class JsonReading
{
    /// <summary>Deepest nesting read. Real posts stay below 12.</summary>
    internal const int DeepestNesting = 32;

    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting };

    /// <summary>Parses, or says why not.</summary>
    internal static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8, out Unreadable? why)
    {
        try
        {
            why = null;
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException exception)
        {
            why = exception.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
                ? new Unreadable("too-deep", $"The JSON is nested deeper than {DeepestNesting} levels.", utf8.Length)
                : new Unreadable("not-json", $"Not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", utf8.Length);
            return null;
        }
    }

    internal static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    /// <summary>The first of the members that is a string or a number, as text; null when none is, or a string is not valid Unicode.</summary>
    internal static string? Text(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
            {
                try
                {
                    return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
                }
                catch (InvalidOperationException)
                {
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// ISO 8601, Twitter's <c>Wed Aug 15 03:21:00 +0000 2018</c>, or seconds/milliseconds since 1970. A time without an offset
    /// is UTC. Default when unreadable, which the intake puts aside.
    /// </summary>
    internal static DateTimeOffset Time(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return default;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is > 100_000_000 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(number)
                : number is >= 100_000_000_000 and < 100_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(number)
                : default;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture, Utc, out var time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time) ? time : default;
    }
}
