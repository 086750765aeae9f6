using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Resilience.Core.Cap;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>Takes what one entry of an index, one envelope or one bare message holds.</summary>
internal static partial class ReadEntry
{
    /// <summary>Inline markup of an entry is read again as XML up to this length.</summary>
    private const int LongestInline = CapReader.LargestMessage;

    internal static void Take(XElement element, string raw, ParsedPayload into) => Take(element, raw, into, mayHoldText: true);

    // Text within text is read once: nobody sends more, and each further layer would cost a reading of all below it.
    private static void Take(XElement element, string raw, ParsedPayload into, bool mayHoldText)
    {
        var envelopes = element.DescendantsAndSelf().Where(child => EdxlEnvelope.Is(child.Name.LocalName, child.Name.NamespaceName)).ToList();
        var alerts = element.DescendantsAndSelf().Where(child => CapReader.IsAlert(child.Name.LocalName, child.Name.NamespaceName)).ToList();
        if (alerts.Count > 0)
        {
            var slices = AlertTag().Matches(raw);
            for (var i = 0; i < alerts.Count; i++)
            {
                var envelope = alerts[i].Ancestors().FirstOrDefault(parent => EdxlEnvelope.Is(parent.Name.LocalName, parent.Name.NamespaceName));
                ReadMessage.Take(alerts[i], i < slices.Count ? Slice(raw, slices[i]) : raw, envelope, into);
            }

            return;
        }

        if (envelopes.Count > 0)
        {
            into.Refuse("no-cap-inside", $"an EDXL envelope without a CAP message: {Id(element)}");
        }
        else if (element.Name.LocalName is "entry" or "item" && !(mayHoldText && TakeInline(element, into)))
        {
            TakeFields(element, raw, into);
        }
    }

    // Markup carried as text: <content type="text">&lt;alert …
    private static bool TakeInline(XElement entry, ParsedPayload into)
    {
        var text = entry.Elements().Where(child => child.Name.LocalName is "content" or "encoded" or "description").Select(child => child.Value.Trim())
            .FirstOrDefault(text => text.Length is > 0 and < LongestInline && text[0] == '<' && (text.Contains(":cap:1.", StringComparison.Ordinal) || text.Contains("incident.com/cap", StringComparison.Ordinal)));
        if (text is null)
        {
            return false;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), BoundedXml.Settings(LongestInline));
            Take(BoundedXml.ReadRoot(reader), text, into, mayHoldText: false);
        }
        catch (XmlException exception)
        {
            into.Refuse("invalid-xml", $"{Id(entry)}: {exception.Message}");
        }

        return true;
    }

    // CAP's fields in the entry itself make a message of their own; else the message lies behind the entry's link.
    private static void TakeFields(XElement entry, string raw, ParsedPayload into)
    {
        var fields = entry.Elements().Where(child => child.Name.NamespaceName.Contains(":cap:1.", StringComparison.Ordinal)).ToList();
        if (fields.Exists(field => field.Name.LocalName == "event") && fields.Exists(field => field.Name.LocalName == "severity"))
        {
            ReadMessage.Take(MessageOf(entry, fields), raw, envelope: null, into, "read from the index entry alone; what the message itself says beyond it is not known here");
        }
        else if (FindLink(entry) is { } link)
        {
            into.Links.Add(new LinkedEntry(Short(Id(entry)), Short(Text(entry, "updated") ?? Text(entry, "pubDate") ?? Text(entry, "published") ?? Text(entry, "date") ?? ""), link));
        }
        else if (fields.Count > 0)
        {
            into.Refuse("not-cap", $"an entry without a message and without a link to one: {Id(entry)}");
        }
    }

    private static XElement MessageOf(XElement entry, List<XElement> fields)
    {
        XNamespace cap = fields[0].Name.Namespace;
        string Field(string name, string otherwise) => fields.Find(field => field.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : otherwise;
        var area = new XElement(cap + "area", new XElement(cap + "areaDesc", Field("areaDesc", "")));
        area.Add(fields.Where(field => field.Name.LocalName is "polygon" or "circle" && field.Value.Trim().Length > 0).Select(field => new XElement(cap + field.Name.LocalName, field.Value)));
        foreach (var geocode in fields.Where(field => field.Name.LocalName == "geocode"))
        {
            var values = geocode.Elements().Where(child => child.Name.LocalName == "value").ToList();
            var names = geocode.Elements().Where(child => child.Name.LocalName == "valueName").ToList();
            for (var i = 0; i < Math.Min(values.Count, names.Count); i++)
            {
                area.Add(new XElement(cap + "geocode", new XElement(cap + "valueName", names[i].Value), new XElement(cap + "value", values[i].Value)));
            }
        }

        string[] order = ["category", "event", "urgency", "severity", "certainty", "effective", "onset", "expires"];
        return new XElement(
            cap + "alert",
            new XElement(cap + "identifier", Text(entry, "id") ?? Text(entry, "guid") ?? ""),
            new XElement(cap + "sender", entry.Elements().FirstOrDefault(child => child.Name.LocalName == "author")?.Value.Trim() is { Length: > 0 } author ? author : "unknown"),
            new XElement(cap + "sent", Field("sent", Text(entry, "updated") ?? Text(entry, "published") ?? Field("effective", ""))),
            new XElement(cap + "status", Field("status", "")),
            new XElement(cap + "msgType", Field("msgType", "")),
            new XElement(cap + "scope", Field("scope", "Public")),
            new XElement(
                cap + "info",
                order.SelectMany(name => fields.Where(field => field.Name.LocalName == name && field.Value.Trim().Length > 0).Select(field => new XElement(cap + name, field.Value))),
                new XElement(cap + "headline", Text(entry, "title") ?? ""),
                new XElement(cap + "description", Text(entry, "summary") ?? ""),
                new XElement(cap + "web", Text(entry, "id") ?? ""),
                area));
    }

    private static Uri? FindLink(XElement entry)
    {
        var links = entry.Elements().Where(child => child.Name.LocalName is "link" or "enclosure")
            .Select(link => (Type: link.Attribute("type")?.Value ?? "", Rel: link.Attribute("rel")?.Value ?? "", Address: (link.Attribute("href") ?? link.Attribute("url"))?.Value ?? link.Value.Trim())).ToList();
        var best = links.Find(link => link.Type.Contains("cap+xml", StringComparison.OrdinalIgnoreCase)) is { Address.Length: > 0 } cap ? cap
            : links.Find(link => link.Type.Contains("xml", StringComparison.OrdinalIgnoreCase) && !link.Type.Contains("html", StringComparison.OrdinalIgnoreCase)) is { Address.Length: > 0 } xml ? xml
            : links.Find(link => link.Rel is "" or "alternate" or "related" && !link.Type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) && !link.Type.StartsWith("image/", StringComparison.OrdinalIgnoreCase));
        return best.Address is { Length: > 0 and < 2_000 } address && Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var link) ? link : null;
    }

    private static string Id(XElement entry) => Text(entry, "id") ?? Text(entry, "guid") ?? FindLink(entry)?.OriginalString ?? Text(entry, "title") ?? "an entry without id";

    private static string? Text(XElement entry, string name) => entry.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static string Short(string text) => text.Length <= 500 ? text : text[..500];

    private static string Slice(string raw, Match tag)
    {
        var close = raw.IndexOf($"</{tag.Groups["prefix"].Value}alert", tag.Index, StringComparison.Ordinal);
        var end = close < 0 ? -1 : raw.IndexOf('>', close);
        return end < 0 ? raw : raw[tag.Index..(end + 1)];
    }

    [GeneratedRegex(@"<(?<prefix>[\w.-]+:)?alert[\s>]", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex AlertTag();
}
