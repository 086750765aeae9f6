using System.Xml;
using System.Xml.Linq;
using Resilience.Core;

namespace Resilience.Warnings.Cap;

/// <summary>A message as read, and what had to be read kindly.</summary>
/// <param name="Message">The message.</param>
/// <param name="Remarks">What was not as the standard has it, in words; empty for a clean message.</param>
internal sealed record CapReading(CapMessage Message, IReadOnlyList<string> Remarks);

/// <summary>
/// Reads CAP 1.2, and 1.1 and 1.0 into the same model, as forgivingly as is safe: what is understood is kept, what is bent is
/// remarked on, what cannot be understood is refused with <see cref="FormatException"/>. No DTD, no entities, bounded size.
/// </summary>
internal static class CapReader
{
    /// <summary>4 MiB: room for an embedded audio file, not for an attack.</summary>
    internal const int LargestMessage = 4 * 1024 * 1024;

    private static readonly string[] Namespaces =
    [
        CapWriter.Namespace, "urn:oasis:names:tc:emergency:cap:1.1", "urn:oasis:names:tc:emergency:cap:1.0", "http://www.incident.com/cap/1.0",
    ];

    internal static CapReading Read(string xml)
    {
        if (xml.Length > LargestMessage)
        {
            throw new FormatException($"The message is longer than {LargestMessage} characters.");
        }

        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestMessage };
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            return Read(XDocument.Load(reader).Root!);
        }
        catch (XmlException exception)
        {
            throw new FormatException($"This is not well-formed XML: {exception.Message}", exception);
        }
    }

    private static CapReading Read(XElement root)
    {
        var remarks = new List<string>();
        if (root.Name.LocalName != "alert" || !Namespaces.Contains(root.Name.NamespaceName))
        {
            throw new FormatException($"The root is {root.Name}, not a CAP alert.");
        }

        if (root.Name.NamespaceName != CapWriter.Namespace)
        {
            remarks.Add($"namespace {root.Name.NamespaceName} is not CAP 1.2");
        }

        var alert = new CapElement(root, remarks);
        return new CapReading(
            new CapMessage
            {
                Identifier = alert.Get("identifier"),
                Sender = alert.Get("sender"),
                Sent = alert.FindTime("sent") ?? throw new FormatException("sent is missing."),
                Status = alert.GetWord<CapStatus>("status"),
                MsgType = alert.GetWord<CapMsgType>("msgType"),
                Source = alert.Find("source"),
                Scope = alert.FindWord<CapScope>("scope"),
                Restriction = alert.Find("restriction"),
                Addresses = alert.Find("addresses"),
                Codes = alert.List("code"),
                Note = alert.Find("note"),
                References = alert.Find("references"),
                Incidents = alert.Find("incidents"),
                Infos = alert.List("info", ReadInfo),
            },
            remarks);
    }

    private static CapInfo ReadInfo(CapElement info) => new()
    {
        Language = info.Find("language"),
        Categories = info.ListWords<CapCategory>("category"),
        Event = info.Get("event"),
        ResponseTypes = info.ListWords<CapResponseType>("responseType"),
        Urgency = info.GetWord<CapUrgency>("urgency"),
        Severity = info.GetWord<CapSeverity>("severity"),
        Certainty = info.Find("certainty") is "Very Likely" ? info.Kindly("certainty Very Likely is CAP 1.0; read as Likely", CapCertainty.Likely) : info.GetWord<CapCertainty>("certainty"),
        Audience = info.Find("audience"),
        EventCodes = info.List("eventCode", ReadPair),
        Effective = info.FindTime("effective"),
        Onset = info.FindTime("onset"),
        Expires = info.FindTime("expires"),
        SenderName = info.Find("senderName"),
        Headline = info.Find("headline"),
        Description = info.Find("description"),
        Instruction = info.Find("instruction"),
        Web = info.Find("web"),
        Contact = info.Find("contact"),
        Parameters = info.List("parameter", ReadPair),
        Resources = info.List("resource", ReadResource),
        Areas = info.List("area", ReadArea),
    };

    // 1.0 wrote "name=value" where 1.1 and 1.2 have two elements.
    private static CapPair ReadPair(CapElement pair)
    {
        if (pair.Find("valueName") is { } name)
        {
            return new CapPair(name, pair.Find("value") ?? "");
        }

        var parts = pair.Text.Split('=', 2);
        return new CapPair(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static CapResource ReadResource(CapElement resource) => new()
    {
        ResourceDesc = resource.Get("resourceDesc"),
        MimeType = resource.Find("mimeType"),
        Size = resource.Find("size"),
        Uri = resource.Find("uri"),
        DerefUri = resource.Find("derefUri"),
        Digest = resource.Find("digest"),
    };

    private static CapArea ReadArea(CapElement area) => new()
    {
        AreaDesc = area.Get("areaDesc"),
        Polygons = area.List("polygon", polygon => CapPositions.ReadRing(polygon.Text, polygon.Remark)),
        Circles = area.List("circle", circle => CapPositions.ReadCircle(circle.Text)),
        Geocodes = area.List("geocode", ReadPair),
        Altitude = area.Find("altitude"),
        Ceiling = area.Find("ceiling"),
    };
}
