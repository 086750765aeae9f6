using System.Xml.Linq;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>One CAP message becomes one bulletin.</summary>
internal static class ReadMessage
{
    private const int MostFindings = 40;
    private const int MostParts = 200;
    private const int LongestIdentifier = 500;

    /// <summary>Corners of all areas of a message (a circle has 64): with more, each area is drawn as the box around it.</summary>
    private const int MostCorners = 50_000;

    internal static void Take(XElement alert, string raw, XElement? envelope, ParsedPayload into, params string[] notes)
    {
        try
        {
            var (message, remarks) = CapReader.Read(alert, lenient: true);
            if (message.MsgType is CapMsgType.Ack or CapMsgType.Error)
            {
                into.Refuse("no-announcement", $"{message.Identifier} is of type {message.MsgType}: it says nothing about a danger");
            }
            else if (message.Scope is CapScope.Private or CapScope.Restricted)
            {
                into.Refuse("not-public", $"{message.Identifier} of {message.Sender} is for a {message.Scope} audience and was dropped");
            }
            else if (message.Identifier.Length is 0 or > LongestIdentifier)
            {
                into.Refuse("not-cap", $"a message of {message.Sender} without a usable identifier");
            }
            else
            {
                into.Bulletins.Add(ToBulletin(message, [.. notes, .. remarks], raw, envelope));
                if (remarks.Count > 0)
                {
                    var (before, after) = remarks[0].Split(';', 2) is [var was, var read] ? (was, read.Trim()) : (remarks[0], "read as it was meant");
                    into.Repair(RepairKinds.NotAsStandard, $"{message.Identifier}: {before}", () => after);
                }
            }
        }
        catch (FormatException exception)
        {
            into.Refuse("not-cap", exception.Message);
        }
    }

    private static ParsedBulletin ToBulletin(CapMessage message, List<string> findings, string raw, XElement? envelope)
    {
        var status = StatusOf(message.Status, envelope, findings);
        var references = ReferencesOf(message, findings);
        var parts = PartsOf(message, findings);
        foreach (var part in parts.Where(part => part.Expires <= message.Sent.Value))
        {
            findings.Add($"the end ({part.Expires:u}) does not lie after the sending ({message.Sent.Value.ToUniversalTime():u})");
        }

        if (parts.Exists(part => part.Effective < message.Sent.Value))
        {
            findings.Add("it claims to count from before it was sent");
        }

        return new ParsedBulletin
        {
            Identifier = message.Identifier,
            Revised = message.Sent.Value,
            Status = status,
            MsgType = message.MsgType,
            References = references,
            Sender = message.Sender,
            Authority = message.Infos.Select(info => info.SenderName).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? message.Sender,
            Sent = message.Sent.Value,
            Parts = parts.Count > 0 ? parts : [new ParsedPart { Kind = HazardKind.Other, Event = "" }],
            Findings = [.. findings.Distinct().Take(MostFindings)],
            Raw = raw,
        };
    }

    // The less real of the two: a drill in an envelope that says Actual stays a drill, and the other way round.
    private static CapStatus StatusOf(CapStatus inner, XElement? envelope, List<string> findings)
    {
        if (envelope is null)
        {
            return inner;
        }

        var outer = EdxlEnvelope.StatusOf(envelope);
        if (outer == inner)
        {
            return inner;
        }

        findings.Add($"the envelope says {outer?.ToString() ?? "no known status"}, the message {inner}; taken as the less real of the two");
        return inner == CapStatus.Actual ? outer ?? CapStatus.Test : inner;
    }

    private static List<(string Identifier, DateTimeOffset? Sent)> ReferencesOf(CapMessage message, List<string> findings)
    {
        var references = new List<(string, DateTimeOffset?)>();
        foreach (var entry in (message.References ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostParts))
        {
            var fields = entry.Split(',');
            if (fields.Length < 2 || fields[1].Length is 0 or > LongestIdentifier)
            {
                findings.Add($"a reference is not sender,identifier,sent: {entry}");
                continue;
            }

            if (fields[0] != message.Sender)
            {
                findings.Add($"a reference names another sender ({fields[0]}); matched by identifier");
            }

            references.Add((fields[1], fields.Length > 2 ? CapTime.Read(fields[2], _ => { })?.Value : null));
        }

        if (references.Count == 0 && message.MsgType != CapMsgType.Alert)
        {
            findings.Add($"an {message.MsgType} that refers to nothing");
        }

        return references;
    }

    /// <summary>
    /// Texts of one language are different parts (areas, times, dangers); those of another language are their translations, matched by times
    /// and scales, else by position. Translations that disagree count as the worse and the later.
    /// </summary>
    private static List<ParsedPart> PartsOf(CapMessage message, List<string> findings)
    {
        var infos = message.Infos.Take(MostParts).ToList();
        var corners = infos.SelectMany(info => info.Areas).Sum(area => area.Polygons.Sum(ring => (long)ring.Count) + (64L * area.Circles.Count));
        if (corners > MostCorners)
        {
            findings.Add($"its areas have {corners:N0} corners; each is drawn as the box around it");
        }

        var parts = new List<ParsedPart>();
        var first = infos.Count == 0 ? "" : LanguageOf(infos[0]);
        foreach (var language in infos.GroupBy(LanguageOf, StringComparer.OrdinalIgnoreCase))
        {
            var taken = new HashSet<int>();
            foreach (var (info, index) in language.Select((info, index) => (info, index)))
            {
                var part = ToPart(info, boxed: corners > MostCorners, findings);
                var same = first.Equals(language.Key, StringComparison.OrdinalIgnoreCase) ? -1 : FindTranslated(parts, part, index, taken);
                if (same < 0)
                {
                    parts.Add(part);
                    continue;
                }

                taken.Add(same);
                if (!SameScales(parts[same], part))
                {
                    findings.Add($"the translation into {language.Key} disagrees on how bad or when; the worse and the later counts");
                }

                parts[same] = Merge(parts[same], part);
            }
        }

        return parts;
    }

    private static int FindTranslated(List<ParsedPart> parts, ParsedPart part, int index, HashSet<int> taken)
    {
        var same = parts.FindIndex(one => SameScales(one, part) && SameArea(one, part));
        return same >= 0 && !taken.Contains(same) ? same : index < parts.Count && !taken.Contains(index) ? index : -1;
    }

    private static bool SameScales(ParsedPart a, ParsedPart b) => (a.Severity, a.Urgency, a.Certainty, a.Onset, a.Expires) == (b.Severity, b.Urgency, b.Certainty, b.Onset, b.Expires);

    private static bool SameArea(ParsedPart a, ParsedPart b) =>
        a.Areas.SelectMany(area => area.Codes).SequenceEqual(b.Areas.SelectMany(area => area.Codes))
        && a.Areas.Select(area => area.Shape?.EnvelopeInternal).SequenceEqual(b.Areas.Select(area => area.Shape?.EnvelopeInternal));

    private static ParsedPart Merge(ParsedPart part, ParsedPart translation) => part with
    {
        Kind = part.Kind == HazardKind.Other ? translation.Kind : part.Kind,
        Severity = part.Severity > translation.Severity ? part.Severity : translation.Severity,
        Expires = part.Expires is null || translation.Expires is null ? null : part.Expires > translation.Expires ? part.Expires : translation.Expires,
        Texts = [.. part.Texts, .. translation.Texts],
        Areas = part.Areas.Any(area => area.Shape is not null || area.Codes.Count > 0) ? part.Areas : translation.Areas,
        Web = part.Web ?? translation.Web,
    };

    private static ParsedPart ToPart(CapInfo info, bool boxed, List<string> findings) => new()
    {
        Kind = HazardWords.KindOf(info),
        Event = info.Event,
        Urgency = info.Urgency,
        Severity = info.Severity,
        Certainty = info.Certainty,
        Effective = info.Effective?.Value,
        Onset = info.Onset?.Value,
        Expires = info.Expires?.Value,
        Texts = [(LanguageOf(info), info.Headline ?? "", info.Description ?? "", info.Instruction ?? "")],
        Areas = [.. info.Areas.Select(area => new ParsedArea(area.AreaDesc, ShapeOf(area, boxed, findings), [.. area.Geocodes.SelectMany(SplitCodes)]))],
        Web = info.Web,
    };

    private static Geometry? ShapeOf(CapArea area, bool boxed, List<string> findings)
    {
        if (boxed)
        {
            var box = new Envelope();
            area.Polygons.SelectMany(ring => ring).ToList().ForEach(box.ExpandToInclude);
            area.Circles.Select(circle => Antimeridian.Circle(new Coordinate(circle.Longitude, circle.Latitude), Math.Max(1, circle.RadiusKm * 1000)).EnvelopeInternal).ToList().ForEach(box.ExpandToInclude);
            return box.IsNull ? null : Wgs84.Factory.ToGeometry(box);
        }

        if (area.Polygons.Any(CrossesItself))
        {
            findings.Add($"a polygon crosses itself; mended, or above {Antimeridian.MostMended} corners drawn as its hull");
        }

        try
        {
            return CapAreas.Union([area]);
        }
        catch (Exception exception) when (exception is TopologyException or ArgumentException)
        {
            findings.Add("an area that cannot be drawn; left out");
            return null;
        }
    }

    // Where longitudes jump by a whole turn the ring crosses the antimeridian, not itself.
    private static bool CrossesItself(IReadOnlyList<Coordinate> ring) =>
        ring.Count >= 4 && !ring.Zip(ring.Skip(1)).Any(pair => Math.Abs(pair.First.X - pair.Second.X) > 180) && !Wgs84.Factory.CreatePolygon([.. ring]).IsValid;

    // Several codes in one value, as some write them: "006065 006071".
    private static IEnumerable<CapPair> SplitCodes(CapPair code) =>
        code.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } several && Array.TrueForAll(several, one => one.Length is > 2 and < 12)
            ? several.Select(one => new CapPair(code.ValueName, one)) : [code];

    private static string LanguageOf(CapInfo info) => info.Language is { Length: > 0 and <= 35 } language ? language : "en-US";
}
