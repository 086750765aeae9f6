using System.Xml;
using System.Xml.Linq;

namespace Resilience.Core.Cap;

/// <summary>A message as read, and what had to be read kindly.</summary>
/// <param name="Message">The message.</param>
/// <param name="Remarks">What was not as the standard has it, in words; empty for a clean message.</param>
public sealed record CapReading(CapMessage Message, IReadOnlyList<string> Remarks);

/// <summary>
/// Reads CAP 1.2, and 1.1 and 1.0 into the same model, as forgivingly as is safe: what is understood is kept, what is bent is
/// remarked on, what cannot be understood is refused with <see cref="FormatException"/>. No DTD, no entities, bounded size and depth.
/// </summary>
public static class CapReader
{
    /// <summary>4 MiB: room for an embedded audio file, not for an attack.</summary>
    public const int LargestMessage = 4 * 1024 * 1024;

    /// <summary>CAP 1.2.</summary>
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    private static readonly string[] Namespaces =
    [
        Namespace, "urn:oasis:names:tc:emergency:cap:1.1", "urn:oasis:names:tc:emergency:cap:1.0", "http://www.incident.com/cap/1.0",
    ];

    /// <summary>Reads a message. One flaw that changes what it says refuses it whole.</summary>
    public static CapReading Read(string xml)
    {
        if (xml.Length > LargestMessage)
        {
            throw new FormatException($"The message is longer than {LargestMessage} characters.");
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), BoundedXml.Settings(LargestMessage));
            return Read(BoundedXml.ReadRoot(reader), lenient: false);
        }
        catch (XmlException exception)
        {
            throw new FormatException($"This is not well-formed XML: {exception.Message}", exception);
        }
    }

    /// <summary>Whether an element is an alert of any version.</summary>
    public static bool IsAlert(string localName, string namespaceName) => localName == "alert" && Namespaces.Contains(namespaceName);

    /// <summary>
    /// Reads a message that stands inside something else. Leniently: a polygon, a circle, a time or a scale that cannot be read is left
    /// out or Unknown with a remark, so that one flaw does not silence a warning; who, when, status and msgType must be there.
    /// </summary>
    public static CapReading Read(XElement root, bool lenient)
    {
        var remarks = new List<string>();
        if (!IsAlert(root.Name.LocalName, root.Name.NamespaceName))
        {
            throw new FormatException($"The root is {root.Name}, not a CAP alert.");
        }

        if (root.Name.NamespaceName != Namespace)
        {
            remarks.Add($"namespace {root.Name.NamespaceName} is not CAP 1.2");
        }

        var alert = new CapElement(root, remarks, lenient);
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
        Event = info.GetKindly("event", ""),
        ResponseTypes = info.ListWords<CapResponseType>("responseType"),
        Urgency = info.GetWord("urgency", CapUrgency.Unknown),
        Severity = info.GetWord("severity", CapSeverity.Unknown),
        Certainty = info.Find("certainty") is "Very Likely" ? info.Kindly("certainty Very Likely is CAP 1.0; read as Likely", CapCertainty.Likely) : info.GetWord("certainty", CapCertainty.Unknown),
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
        ResourceDesc = resource.GetKindly("resourceDesc", ""),
        MimeType = resource.Find("mimeType"),
        Size = resource.Find("size"),
        Uri = resource.Find("uri"),
        DerefUri = resource.Find("derefUri"),
        Digest = resource.Find("digest"),
    };

    private static CapArea ReadArea(CapElement area) => new()
    {
        AreaDesc = area.GetKindly("areaDesc", ""),
        Polygons = area.ListReadable("polygon", polygon => CapPositions.ReadRing(polygon.Text, polygon.Remark)),
        Circles = area.ListReadable("circle", circle => CapPositions.ReadCircle(circle.Text)),
        Geocodes = area.List("geocode", ReadPair),
        Altitude = area.Find("altitude"),
        Ceiling = area.Find("ceiling"),
    };
}
