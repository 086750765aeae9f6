using System.Buffers;
using Resilience.Core.Cap;

namespace Resilience.Warnings.Cap;

/// <summary>What a CAP 1.2 message must keep to beyond the schema, by the standard's text and the profiles built on it.</summary>
internal static class CapRules
{
    private static readonly SearchValues<char> NotInIdentifiers = SearchValues.Create(" ,<&\t\r\n");

    internal static IReadOnlyList<Finding> Check(CapMessage message) =>
        [.. CheckHead(message), .. CheckReferences(message), .. CheckExercise(message), .. CheckLanguages(message), .. message.Infos.SelectMany(info => CheckInfo(message, info))];

    private static IEnumerable<Finding> CheckHead(CapMessage message)
    {
        foreach (var (field, value) in new[] { ("identifier", message.Identifier), ("sender", message.Sender) })
        {
            if (value.Length == 0 || value.AsSpan().IndexOfAny(NotInIdentifiers) >= 0)
            {
                yield return Finding.Stop(field, $"cap-{field}", $"The {field} may not be empty or hold spaces, commas, < or &.");
            }
        }

        if (message.Scope == CapScope.Restricted && string.IsNullOrWhiteSpace(message.Restriction))
        {
            yield return Finding.Stop("scope", "cap-restriction", "A restricted message must say its restriction.");
        }

        if (message.Scope == CapScope.Private && string.IsNullOrWhiteSpace(message.Addresses))
        {
            yield return Finding.Stop("scope", "cap-addresses", "A private message must list its addresses.");
        }

        if (message.Infos.Count == 0 && message.MsgType is CapMsgType.Alert or CapMsgType.Update)
        {
            yield return Finding.Stop("texts", "cap-no-info", "The message says nothing: there is no text.");
        }
    }

    private static IEnumerable<Finding> CheckReferences(CapMessage message)
    {
        var needed = message.MsgType != CapMsgType.Alert;
        if (needed && string.IsNullOrWhiteSpace(message.References))
        {
            yield return Finding.Stop("references", "cap-references", $"A message of type {message.MsgType} must reference the message it is about.");
        }
        else if (!needed && !string.IsNullOrWhiteSpace(message.References))
        {
            yield return Finding.Stop("references", "cap-references", "A first alert references nothing; this would be an Update.");
        }

        if (message.References is { } text)
        {
            var list = CapReference.ReadList(text);
            if (list is null)
            {
                yield return Finding.Stop("references", "cap-references-form", "References are sender,identifier,sent separated by spaces.");
            }
            else if (list.Any(reference => reference.Identifier == message.Identifier))
            {
                yield return Finding.Stop("references", "cap-references-self", "A message cannot reference itself.");
            }
        }
    }

    private static IEnumerable<Finding> CheckExercise(CapMessage message)
    {
        if (message.Status != CapStatus.Exercise)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(message.Note))
        {
            yield return Finding.Stop("status", "cap-exercise-note", "An exercise must say in its note what is exercised.");
        }

        foreach (var info in message.Infos.Where(info => !IsFramed(info.Headline)))
        {
            yield return Finding.Stop("texts", "cap-exercise-headline", $"The headline in {info.Language ?? "en-US"} must begin and end with EXERCISE.");
        }
    }

    // Whoever reads only the first or only the last word must still see that it is a drill.
    private static bool IsFramed(string? headline) =>
        headline is not null && headline.StartsWith("EXERCISE", StringComparison.Ordinal) && headline.TrimEnd('.', ' ').EndsWith("EXERCISE", StringComparison.Ordinal);

    private static IEnumerable<Finding> CheckLanguages(CapMessage message)
    {
        if (message.Infos.Count < 2)
        {
            yield break;
        }

        if (message.Infos.Select(info => (info.Language ?? "en-US").ToUpperInvariant()).Distinct().Count() < message.Infos.Count)
        {
            yield return Finding.Ask("texts", "cap-same-language", "Two texts are in the same language: they must then be about different areas or times.");
        }

        var first = message.Infos[0];
        if (message.Infos.Any(info => (info.Urgency, info.Severity, info.Certainty, info.Onset?.Value, info.Expires?.Value)
            != (first.Urgency, first.Severity, first.Certainty, first.Onset?.Value, first.Expires?.Value)))
        {
            yield return Finding.Ask("texts", "cap-translations-differ", "The translations disagree on how bad, how sure or when.");
        }
    }

    private static IEnumerable<Finding> CheckInfo(CapMessage message, CapInfo info)
    {
        if (info.Categories.Count == 0)
        {
            yield return Finding.Stop("event", "cap-category", "A category is missing.");
        }

        if (string.IsNullOrWhiteSpace(info.Event))
        {
            yield return Finding.Stop("event", "cap-event", "Say what happens, for example Flood.");
        }

        if (info.Expires is null)
        {
            yield return Finding.Ask("expires", "cap-no-expires", "Without an end the message would stand until somebody cancels it.");
        }
        else if (info.Expires.Value.Value <= message.Sent.Value)
        {
            yield return Finding.Stop("expires", "cap-expires", "The end lies before the sending.");
        }

        if (info.Onset is { } onset && info.Expires is { } end && end.Value <= onset.Value)
        {
            yield return Finding.Stop("expires", "cap-expires-before-onset", "The end lies before the beginning.");
        }

        if (info.Effective is { } effective && effective.Value < message.Sent.Value)
        {
            yield return Finding.Ask("onset", "cap-effective", "The message claims to count from before it was sent.");
        }

        if (info.Areas.Count == 0 && message.MsgType is CapMsgType.Alert or CapMsgType.Update)
        {
            yield return Finding.Stop("area", "cap-no-area", "There is no area.");
        }

        foreach (var finding in info.Areas.SelectMany(CheckArea))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckArea(CapArea area)
    {
        if (string.IsNullOrWhiteSpace(area.AreaDesc))
        {
            yield return Finding.Stop("areaDesc", "cap-area-desc", "Say in words where it is.");
        }

        if (area.Polygons.Count == 0 && area.Circles.Count == 0 && area.Geocodes.Count == 0)
        {
            yield return Finding.Stop("area", "cap-area-empty", "The area is empty.");
        }

        foreach (var ring in area.Polygons)
        {
            if (ring.Count < 4 || !ring[0].Equals2D(ring[^1]))
            {
                yield return Finding.Stop("area", "cap-ring", "A polygon needs at least four positions, the first and last the same.");
            }
            else if (!CapGeometry.IsSimple(ring))
            {
                yield return Finding.Stop("area", "cap-ring-crosses", "A polygon crosses itself: draw it again.");
            }
        }
    }
}
