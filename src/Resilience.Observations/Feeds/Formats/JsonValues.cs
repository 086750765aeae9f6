using System.Globalization;
using System.Text.Json;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>Tolerant access to feed values: what should be one text or number is, here and there, an array, an object with an @id, or missing.</summary>
internal static class JsonValues
{
    /// <summary>The text of a property: itself, the first of an array, or an object's <c>@id</c>; null when absent or empty.</summary>
    internal static string? Text(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>The number of a property, also when written as text or as an array of one; null when absent or not a finite number.</summary>
    internal static double? Number(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && TryNumber(value, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>An object below a property, or null (a bare URL stands where an object would be).</summary>
    internal static JsonElement? Object(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>The elements of a property that is an array or a single element; none when absent or null.</summary>
    internal static IEnumerable<JsonElement> Each(this JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
    }

    /// <summary>Reads a number in whatever dress; false when it is none or several different ones. NaN and infinities are numbers here.</summary>
    internal static bool TryNumber(JsonElement value, out double number)
    {
        number = double.NaN;
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                number = value.GetDouble();
                return true;
            case JsonValueKind.String:
                return double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                var first = value[0];
                foreach (var other in value.EnumerateArray())
                {
                    if (other.GetRawText() != first.GetRawText())
                    {
                        return false;
                    }
                }

                return TryNumber(first, out number);
            default:
                return false;
        }
    }

    /// <summary>
    /// A time with its offset. One without an offset is read in <paramref name="zone"/>; null when it is no time. Whole days
    /// (<c>2020-02-26</c>) are refused: a day is not a moment.
    /// </summary>
    internal static DateTimeOffset? Time(string? text, TimeSpan zone = default)
    {
        if ((TextTimes.TryUtcSecond(text, out var plain) || TextTimes.TryOffsetSecond(text, out plain)) && plain.Year is >= 1700 and <= 2300)
        {
            return plain;
        }

        if (text is null || text.Length is < 16 or > 64 || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) || time.Year is < 1700 or > 2300)
        {
            return null;
        }

        if (HasOffset(text))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? Micros(exact.ToUniversalTime()) : null;
        }

        return Micros(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone).ToUniversalTime());
    }

    /// <summary>True when a time says its offset from UTC.</summary>
    internal static bool HasOffset(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;

    /// <summary>The last part of a URL path.</summary>
    internal static string LastSegment(string url) => url[(url.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? Storable(text) : null,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array when value.GetArrayLength() > 0 => TextOf(value[0]),
        JsonValueKind.Object => value.Text("@id"),
        _ => null,
    };

    // PostgreSQL has no NUL in its texts; one in a station's name must not cost the whole answer.
    private static string Storable(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;

    // The databases keep microseconds; a finer time would come back as another one.
    private static DateTimeOffset Micros(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
