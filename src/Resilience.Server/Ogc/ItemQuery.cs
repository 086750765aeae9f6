using System.Globalization;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;

namespace Resilience.Server.Ogc;

/// <summary>Which features of a collection are asked for. A parameter that the API description does not know, or a value it does not allow, is refused.</summary>
/// <param name="Boxes">Rectangles one of which a feature must touch: several when the box crosses the antimeridian; null for all.</param>
/// <param name="From">With <paramref name="To"/> the time a feature must touch; both null for all.</param>
/// <param name="To">The end of the time; null when open.</param>
/// <param name="Limit">At most this many in one answer.</param>
/// <param name="After">Only features whose id follows this one: the place in the pages, which no change moves.</param>
internal sealed record ItemQuery(IReadOnlyList<Geometry>? Boxes, DateTimeOffset? From, DateTimeOffset? To, int Limit, string? After)
{
    internal const int DefaultLimit = 100;
    internal const int MostLimit = 10_000;

    internal static readonly string[] Names = ["f", "limit", "bbox", "datetime", "after"];

    /// <summary>Refuses parameters other than these, and any format but JSON.</summary>
    internal static void Check(IQueryCollection query, params string[] known)
    {
        if (query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new RefusalException("ogc.unknown-parameter", $"There is no parameter '{unknown}' here; there are: {string.Join(", ", known)}.", StatusCodes.Status400BadRequest);
        }

        if (query.TryGetValue("f", out var format) && format != "json")
        {
            throw Invalid("f", "json");
        }
    }

    internal static ItemQuery Of(IQueryCollection query)
    {
        Check(query, Names);
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var asked) && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
        {
            throw Invalid("limit", $"a whole number from 1 to {MostLimit}");
        }

        var (from, to) = query.TryGetValue("datetime", out var time) ? ReadTime(time.ToString()) : (null, null);
        return new ItemQuery(query.TryGetValue("bbox", out var box) ? ReadBox(box.ToString()) : null, from, to, Math.Min(limit, MostLimit), query["after"].FirstOrDefault());
    }

    /// <summary>True when the feature is asked for, on whatever page.</summary>
    internal bool Selects(OgcItem item) =>
        (Boxes is null || (item.Geometry is { } geometry && Boxes.Any(box => box.EnvelopeInternal.Intersects(geometry.EnvelopeInternal) && box.Intersects(geometry))))
        && ((From is null && To is null) || (item.Begin is { } begin && (To is null || begin <= To) && (From is null || item.End is null || item.End >= From)));

    private static List<Geometry> ReadBox(string text)
    {
        var numbers = new List<double>();
        foreach (var part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                throw Invalid("bbox", "four or six numbers separated by commas");
            }

            numbers.Add(number);
        }

        if (numbers.Count is not (4 or 6))
        {
            throw Invalid("bbox", "four or six numbers separated by commas");
        }

        var (west, south, east, north) = (numbers[0], numbers[1], numbers[numbers.Count / 2], numbers[(numbers.Count / 2) + 1]);
        if (Math.Abs(west) > 180 || Math.Abs(east) > 180 || Math.Abs(south) > 90 || Math.Abs(north) > 90 || south > north)
        {
            throw Invalid("bbox", "west, south, east, north in degrees, south not above north");
        }

        // West above east: over the antimeridian. An area that itself crosses it may be drawn beyond ±180°, so look there too.
        var across = west > east ? east + 360 : east;
        return [.. new[] { 0, -360, 360 }.Select(shift => Wgs84.Factory.ToGeometry(new Envelope(west + shift, across + shift, south, north)))];
    }

    private static (DateTimeOffset? From, DateTimeOffset? To) ReadTime(string text)
    {
        var ends = text.Split('/');
        if (ends.Length == 1)
        {
            return (ReadMoment(text, endOfDay: false), ReadMoment(text, endOfDay: true));
        }

        DateTimeOffset? End(string end, bool endOfDay) => end is "" or ".." ? null : ReadMoment(end, endOfDay);
        var (from, to) = (End(ends[0], endOfDay: false), End(ends[1], endOfDay: true));
        return ends.Length == 2 && !(from > to) && (from is not null || to is not null) ? (from, to) : throw BadTime();
    }

    /// <summary>RFC 3339, in capitals or not; a date alone is the whole day.</summary>
    private static DateTimeOffset ReadMoment(string text, bool endOfDay)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day.ToDateTime(endOfDay ? new TimeOnly(23, 59, 59, 999) : TimeOnly.MinValue), TimeSpan.Zero);
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return text.Length >= 20 && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw BadTime();
    }

    private static RefusalException BadTime() => Invalid("datetime", "a time such as 2026-03-01T12:00:00Z, or two separated by / of which one may be ..");

    private static RefusalException Invalid(string name, string allowed) =>
        new("ogc.invalid-parameter", $"The parameter '{name}' must be {allowed}.", StatusCodes.Status400BadRequest);
}
