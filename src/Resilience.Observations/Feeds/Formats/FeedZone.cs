using System.Globalization;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// The zone of times that carry none, as an operator names it: an offset (<c>+06:00</c>) or a name (<c>Asia/Thimphu</c>). An hour
/// that the change of clocks repeats or leaves out has no single moment and gives none.
/// </summary>
internal sealed class FeedZone
{
    private readonly TimeZoneInfo _zone;

    private FeedZone(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The zone, or null when the text names none.</summary>
    internal static FeedZone? Find(string? text)
    {
        if (text is null || text.Length is 0 or > 64)
        {
            return null;
        }

        if (text is "UTC" or "Z")
        {
            return new FeedZone(TimeZoneInfo.Utc);
        }

        if (text[0] is '+' or '-')
        {
            return TimeSpan.TryParseExact(text[1..], [@"hh\:mm", "hhmm", "hh"], CultureInfo.InvariantCulture, out var offset) && offset <= TimeSpan.FromHours(14)
                ? new FeedZone(TimeZoneInfo.CreateCustomTimeZone(text, text[0] == '-' ? -offset : offset, text, text))
                : null;
        }

        return text.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? new FeedZone(zone) : null;
    }

    /// <summary>The moment of a local time; null when it has none, or two.</summary>
    internal DateTimeOffset? At(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (local.Year is < 1700 or > 2300 || _zone.IsInvalidTime(local) || _zone.IsAmbiguousTime(local))
        {
            return null;
        }

        var time = new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
