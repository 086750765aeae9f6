using System.Globalization;
using System.Numerics;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Issuing;

/// <summary>Turns an alert into its CAP message and proves the text right before anything is stored. Pure.</summary>
internal static class ComposeMessage
{
    /// <summary>
    /// <c>urn:oid:ARC.NUMBER</c>, the number being the alert's UUID: unique without counting, and it tells nobody how many alerts
    /// there were. Never built from the time, which two alerts can share.
    /// </summary>
    internal static string IdentifierOf(Guid alertId, string arc) =>
        $"urn:oid:{arc}.{new BigInteger(alertId.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How other messages refer to this one; <c>sent</c> as it stands in the message.</summary>
    internal static CapReference ReferenceTo(Alert alert) => new(alert.Sender, alert.Identifier, CapTime.From(alert.Sent).Text);

    /// <summary>The alert as CAP; every text becomes an info with the same times and ratings.</summary>
    internal static CapMessage From(Alert alert, string senderName) => new()
    {
        Identifier = alert.Identifier,
        Sender = alert.Sender,
        Sent = CapTime.From(alert.Sent),
        Status = alert.Status,
        MsgType = alert.MsgType,
        Scope = alert.Scope,
        Note = alert.Note,
        References = alert.References,
        Infos = [.. alert.Texts.Select(text => Info(alert, text, senderName))],
    };

    /// <summary>
    /// The message's final text. Refuses (<c>warnings.invalid-cap</c>) when it breaks a CAP rule or the schema, or when reading it
    /// back does not give the very area that was approved.
    /// </summary>
    internal static string WriteProven(CapMessage message, NetTopologySuite.Geometries.Geometry area)
    {
        var stop = CapRules.Check(message).FirstOrDefault(finding => finding.Weight == FindingWeight.Stop);
        if (stop is not null)
        {
            throw new RefusalException("warnings.invalid-cap", stop.Message);
        }

        var xml = CapWriter.Write(message);
        if (CapSchema.ListFaults(xml) is [var fault, ..])
        {
            throw new RefusalException("warnings.invalid-cap", $"The message would not be valid CAP 1.2: {fault}");
        }

        var read = CapReader.Read(xml);
        var readArea = CapGeometry.AreaOf(read.Message.Infos[0].Areas);
        return read.Remarks.Count == 0 && readArea.EqualsTopologically(area)
            ? xml
            : throw new RefusalException("warnings.invalid-cap", "Read back, the message does not say the area that was drawn. Draw it again, more simply.");
    }

    private static CapInfo Info(Alert alert, AlertText text, string senderName) => new()
    {
        Language = text.Language,
        Categories = [alert.Category],
        Event = alert.Event,
        ResponseTypes = [alert.ResponseType],
        Urgency = alert.Urgency,
        Severity = alert.Severity,
        Certainty = alert.Certainty,
        EventCodes = [new CapPair("resilience:hazard", alert.Kind.ToString())],
        Effective = CapTime.From(alert.Sent),
        Onset = alert.Onset is { } onset ? CapTime.From(onset) : null,
        Expires = CapTime.From(alert.Expires),
        SenderName = senderName,
        Headline = text.Headline,
        Description = text.Description,
        Instruction = text.Instruction,
        Parameters =
        [
            new CapPair("resilience:thread", alert.ThreadId.ToString()),
            new CapPair("resilience:people", alert.People.ToString(CultureInfo.InvariantCulture)),
        ],
        Areas = [new CapArea { AreaDesc = alert.AreaDesc, Polygons = CapGeometry.RingsOf(alert.Area) }],
    };
}
