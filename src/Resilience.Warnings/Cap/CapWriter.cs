using System.Globalization;
using System.Text;
using System.Xml;
using NetTopologySuite.Geometries;
using Resilience.Core.Cap;

namespace Resilience.Warnings.Cap;

/// <summary>
/// Writes a message as CAP 1.2 XML. The element order is the schema's sequence and must not be touched; empty optional elements
/// are left out. The result is final: what is signed, served and referenced are these very bytes.
/// </summary>
internal static class CapWriter
{
    internal const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>The message as text; its UTF-8 bytes (no byte-order mark) agree with the declaration.</summary>
    internal static string Write(CapMessage message)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n", CheckCharacters = true };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            Write(xml, message);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>A ring as CAP has it: <c>latitude,longitude</c> pairs separated by spaces.</summary>
    internal static string RingText(IReadOnlyList<Coordinate> ring) => string.Join(' ', ring.Select(c => $"{Number(c.Y)},{Number(c.X)}"));

    private static void Write(XmlWriter xml, CapMessage message)
    {
        xml.WriteStartElement("alert", Namespace);
        Element(xml, "identifier", message.Identifier);
        Element(xml, "sender", message.Sender);
        Element(xml, "sent", message.Sent.Text);
        Element(xml, "status", message.Status.ToString());
        Element(xml, "msgType", message.MsgType.ToString());
        Optional(xml, "source", message.Source);
        Optional(xml, "scope", message.Scope?.ToString());
        Optional(xml, "restriction", message.Restriction);
        Optional(xml, "addresses", message.Addresses);
        Each(message.Codes, code => Element(xml, "code", code));
        Optional(xml, "note", message.Note);
        Optional(xml, "references", message.References);
        Optional(xml, "incidents", message.Incidents);
        Each(message.Infos, info => Write(xml, info));
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, CapInfo info)
    {
        xml.WriteStartElement("info", Namespace);
        Optional(xml, "language", info.Language);
        Each(info.Categories, category => Element(xml, "category", category.ToString()));
        Element(xml, "event", info.Event);
        Each(info.ResponseTypes, type => Element(xml, "responseType", type.ToString()));
        Element(xml, "urgency", info.Urgency.ToString());
        Element(xml, "severity", info.Severity.ToString());
        Element(xml, "certainty", info.Certainty.ToString());
        Optional(xml, "audience", info.Audience);
        Each(info.EventCodes, code => Pair(xml, "eventCode", code));
        Optional(xml, "effective", info.Effective?.Text);
        Optional(xml, "onset", info.Onset?.Text);
        Optional(xml, "expires", info.Expires?.Text);
        Optional(xml, "senderName", info.SenderName);
        Optional(xml, "headline", info.Headline);
        Optional(xml, "description", info.Description);
        Optional(xml, "instruction", info.Instruction);
        Optional(xml, "web", info.Web);
        Optional(xml, "contact", info.Contact);
        Each(info.Parameters, parameter => Pair(xml, "parameter", parameter));
        Each(info.Resources, resource => Write(xml, resource));
        Each(info.Areas, area => Write(xml, area));
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, CapResource resource)
    {
        xml.WriteStartElement("resource", Namespace);
        Element(xml, "resourceDesc", resource.ResourceDesc);
        Optional(xml, "mimeType", resource.MimeType);
        Optional(xml, "size", resource.Size);
        Optional(xml, "uri", resource.Uri);
        Optional(xml, "derefUri", resource.DerefUri);
        Optional(xml, "digest", resource.Digest);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, CapArea area)
    {
        xml.WriteStartElement("area", Namespace);
        Element(xml, "areaDesc", area.AreaDesc);
        Each(area.Polygons, ring => Element(xml, "polygon", RingText(ring)));
        Each(area.Circles, circle => Element(xml, "circle", $"{Number(circle.Latitude)},{Number(circle.Longitude)} {Number(circle.RadiusKm)}"));
        Each(area.Geocodes, code => Pair(xml, "geocode", code));
        Optional(xml, "altitude", area.Altitude);
        Optional(xml, "ceiling", area.Ceiling);
        xml.WriteEndElement();
    }

    private static void Pair(XmlWriter xml, string name, CapPair pair)
    {
        xml.WriteStartElement(name, Namespace);
        Element(xml, "valueName", pair.ValueName);
        Element(xml, "value", pair.Value);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Namespace, value);

    private static void Optional(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            Element(xml, name, value);
        }
    }

    private static void Each<T>(IReadOnlyList<T> items, Action<T> write)
    {
        foreach (var item in items)
        {
            write(item);
        }
    }

    // Shortest text that reads back the same, never with an exponent.
    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : text;
    }
}
