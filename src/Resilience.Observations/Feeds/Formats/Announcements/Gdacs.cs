using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>
/// GDACS, the Global Disaster Alert and Coordination System: its RSS (GeoRSS, latitude first) and its JSON event list (longitude first),
/// told apart by their first character.
/// </summary>
/// <remarks>
/// An episode is known by event type, event id and episode id; the newest episode of an event replaces those before it, and its
/// level may be lower. Both levels are the source's: the event's stands in the text, the episode's decides. Colours: Green is Minor,
/// Orange Severe, Red Extreme. Only a point is given (the box is that of a map, not of the danger). Closed events (not current) end with
/// their last day; earthquakes count for a day.
/// </remarks>
internal sealed class Gdacs : IFeedFormat
{
    private const int MaxCharacters = 64 * 1024 * 1024;
    private static readonly XNamespace Own = "http://www.gdacs.org";

    public string Name => "gdacs";

    public string Title => "GDACS disaster alerts (RSS or JSON)";

    public string? Prefix => null;

    public string Accept => "application/rss+xml, application/geo+json, application/json;q=0.9, application/xml;q=0.8";

    public PayloadKind Kind => PayloadKind.Xml;

    public bool Announces => true;

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        if (IsJson(document))
        {
            await ReadJsonAsync(document, into, cancellationToken);
            return;
        }

        using var characters = new StreamReader(document, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 32 * 1024, leaveOpen: true);
        var text = await characters.ReadToEndAsync(cancellationToken);
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), BoundedXml.Settings(MaxCharacters));
            ReadRss(reader, text, into, cancellationToken);
        }
        catch (XmlException exception)
        {
            throw WaterMl2.Explain(exception);
        }
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        throw new FeedTrouble("no-stations", "Warnings have no station list.");

    private static bool IsJson(Stream document)
    {
        int first;
        do
        {
            first = document.ReadByte();
        }
        while (first is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);
        document.Position = 0;
        return first is '{' or '[';
    }

    private static void ReadRss(XmlReader reader, string text, ParsedPayload into, CancellationToken cancellationToken)
    {
        var slices = new SliceXml(text);
        var channel = false;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            channel |= reader is { NodeType: XmlNodeType.Element, LocalName: "channel" };
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "item" })
            {
                continue;
            }

            if (into.Bulletins.Count >= CapFeed.MaxEntries)
            {
                throw new FeedTrouble("too-many", $"The answer lists more than {CapFeed.MaxEntries:N0} events; the rest was not read.");
            }

            var start = slices.Start(reader);
            var item = BoundedXml.ReadElement(reader);
            Take(OfRss(item), slices.Cut(start, reader), into);
        }

        if (!channel)
        {
            throw new FeedTrouble("not-this-format", "The answer is XML but not the RSS of GDACS.");
        }
    }

    private static async Task ReadJsonAsync(Stream document, ParsedPayload into, CancellationToken cancellationToken)
    {
        try
        {
            var features = new JsonItems(document, "features");
            await foreach (var feature in features.ReadAsync(cancellationToken))
            {
                if (into.Bulletins.Count >= CapFeed.MaxEntries)
                {
                    throw new FeedTrouble("too-many", $"The answer lists more than {CapFeed.MaxEntries:N0} events; the rest was not read.");
                }

                Take(OfJson(feature), feature.GetRawText(), into);
            }

            if (!features.Found)
            {
                throw new FeedTrouble("not-this-format", "The answer is JSON but has no 'features'; it is not the event list of GDACS.");
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new FeedTrouble("invalid-json", $"The answer holds text that cannot be read: {exception.Message}");
        }
    }

    private static Event OfRss(XElement item)
    {
        string? Field(string name) => item.Element(Own + name)?.Value.Trim() is { Length: > 0 } text ? text : null;
        var point = item.Elements().FirstOrDefault(child => child.Name.LocalName == "point" && child.Name.NamespaceName.Contains("georss", StringComparison.Ordinal))?.Value;
        var pair = point is null
            ? item.Descendants().Where(child => child.Name.LocalName is "lat" or "long").OrderBy(child => child.Name.LocalName, StringComparer.Ordinal).Select(child => child.Value).ToArray()
            : point.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var severity = item.Element(Own + "severity");
        return new Event(
            Field("eventtype"), Field("eventid"), Field("episodeid"), Field("alertlevel"), Field("episodealertlevel"), Field("eventname"), Text(item, "title"), Text(item, "description"),
            Time(Field("fromdate")), Time(Field("todate")), Time(Field("datemodified")) ?? Time(Text(item, "pubDate")), Field("iscurrent"), Field("country"), Text(item, "link"),
            pair.Length == 2 ? Number(pair[0]) : null, pair.Length == 2 ? Number(pair[1]) : null, Number(severity?.Attribute("value")?.Value), severity?.Attribute("unit")?.Value, severity?.Value);
    }

    private static Event OfJson(JsonElement feature)
    {
        var own = feature.Object("properties") ?? default;
        var geometry = feature.Object("geometry") ?? default;
        var at = geometry.ValueKind == JsonValueKind.Object && geometry.TryGetProperty("coordinates", out var coordinates) && coordinates.ValueKind == JsonValueKind.Array && coordinates.GetArrayLength() >= 2 ? coordinates : default;
        var severity = own.Object("severitydata") ?? default;
        return new Event(
            own.Text("eventtype"), own.Text("eventid"), own.Text("episodeid"), own.Text("alertlevel"), own.Text("episodealertlevel"), own.Text("eventname"), own.Text("name"), own.Text("description"),
            Time(own.Text("fromdate")), Time(own.Text("todate")), Time(own.Text("datemodified")), own.Text("iscurrent"), own.Text("country"), (own.Object("url") ?? default).Text("report"),
            at.ValueKind == JsonValueKind.Array && JsonValues.TryNumber(at[1], out var latitude) ? latitude : null, at.ValueKind == JsonValueKind.Array && JsonValues.TryNumber(at[0], out var longitude) ? longitude : null,
            severity.Number("severity"), severity.Text("severityunit"), severity.Text("severitytext"));
    }

    private static void Take(Event one, string raw, ParsedPayload into)
    {
        if (one.Type is not { Length: <= 10 } type || one.Id is not { Length: <= 40 } id || !long.TryParse(one.Episode ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var episode))
        {
            into.Refuse("no-event-key", $"an event without type, id or episode: {one.Title}");
            return;
        }

        if (one.From is not { } from)
        {
            into.Refuse("not-a-time", $"{type} {id}: when it began cannot be read");
            return;
        }

        var findings = new List<string>();
        var level = one.EpisodeLevel ?? one.Level;
        var severity = SeverityOf(level);
        if (severity == CapSeverity.Unknown)
        {
            findings.Add($"alert level {level ?? "missing"} is none of Green, Orange, Red");
        }

        if (one.EpisodeLevel is not null && one.Level is not null && !one.EpisodeLevel.Equals(one.Level, StringComparison.OrdinalIgnoreCase))
        {
            findings.Add($"the event is {one.Level} over all, its present episode {one.EpisodeLevel}; the present one counts");
        }

        var located = one is { Latitude: { } latitude, Longitude: { } longitude } && Wgs84.IsPosition(longitude, latitude);
        if (!located)
        {
            findings.Add("it has no usable position");
        }

        var kind = HazardWords.OfGdacs(type);
        var ended = one.Current?.Equals("false", StringComparison.OrdinalIgnoreCase) == true;
        into.Bulletins.Add(new ParsedBulletin
        {
            Identifier = $"{type}:{id}:{episode}",
            Edition = episode,
            Revised = one.Modified ?? from,
            ReplacesThread = true,
            Names = [$"{type}:{id}"],
            Status = CapStatus.Actual,
            MsgType = CapMsgType.Alert,
            Sender = "gdacs.org",
            Authority = "GDACS",
            Sent = one.Modified ?? from,
            Findings = findings,
            Raw = raw,
            Parts =
            [
                new ParsedPart
                {
                    Kind = kind,
                    Event = EventOf(type, one.Name),
                    Urgency = ended ? CapUrgency.Past : CapUrgency.Unknown,
                    Severity = severity,
                    Certainty = CapCertainty.Observed,
                    Onset = from,
                    Expires = kind == HazardKind.Earthquake ? from.AddDays(1) : ended ? (one.To ?? from).AddDays(1) : null,
                    Texts = [("en", one.Title ?? "", one.Description ?? "", "")],
                    Areas = [new ParsedArea(one.Country ?? "", located ? Wgs84.Point(one.Longitude!.Value, one.Latitude!.Value) : null, [])],
                    Magnitude = kind == HazardKind.Earthquake && one.SeverityUnit?.StartsWith('M') == true && one.Severity is > -2 and < 11 ? one.Severity : null,
                    DepthKm = kind == HazardKind.Earthquake ? DepthOf(one.SeverityText) : null,
                    Web = one.Link,
                },
            ],
        });
    }

    private static CapSeverity SeverityOf(string? level) => level?.ToUpperInvariant() switch
    {
        "GREEN" => CapSeverity.Minor,
        "ORANGE" => CapSeverity.Severe,
        "RED" => CapSeverity.Extreme,
        _ => CapSeverity.Unknown,
    };

    private static string EventOf(string type, string? name)
    {
        var what = type switch
        {
            "EQ" => "Earthquake",
            "TC" => "Tropical cyclone",
            "FL" => "Flood",
            "VO" => "Volcano",
            "DR" => "Drought",
            "WF" => "Wildfire",
            "TS" => "Tsunami",
            _ => type,
        };
        return name is null ? what : $"{what} {name}";
    }

    // "Magnitude 5M, Depth:10km"
    private static double? DepthOf(string? text)
    {
        var at = text?.IndexOf("Depth:", StringComparison.OrdinalIgnoreCase) ?? -1;
        var end = at < 0 ? -1 : text!.IndexOf("km", at, StringComparison.OrdinalIgnoreCase);
        return end > at + 6 && Number(text![(at + 6)..end].Trim()) is >= 0 and < 800 and var depth ? depth : null;
    }

    // Times without a zone are UTC: GDACS says so of its service.
    private static DateTimeOffset? Time(string? text) =>
        text is { Length: < 64 } && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year is > 1900 and < 2200
            ? new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) : null;

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string? Text(XElement item, string name) => item.Elements().FirstOrDefault(child => child.Name.LocalName == name && child.Name.Namespace != Own)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private sealed record Event(
        string? Type, string? Id, string? Episode, string? Level, string? EpisodeLevel, string? Name, string? Title, string? Description, DateTimeOffset? From, DateTimeOffset? To, DateTimeOffset? Modified,
        string? Current, string? Country, string? Link, double? Latitude, double? Longitude, double? Severity, string? SeverityUnit, string? SeverityText);
}
