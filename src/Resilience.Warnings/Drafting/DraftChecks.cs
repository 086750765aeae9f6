using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using NetTopologySuite.Geometries;
using Resilience.Core.Cap;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>What a draft is checked against besides itself.</summary>
/// <param name="Now">The chain's time.</param>
/// <param name="InForce">All alerts in force.</param>
/// <param name="Options">The module's options.</param>
internal sealed record CheckContext(DateTimeOffset Now, IReadOnlyList<Alert> InForce, WarningsOptions Options);

/// <summary>The checks that run while somebody writes. Pure; a stop keeps the draft from being submitted, an ask does not.</summary>
internal static partial class DraftChecks
{
    internal const int LongestText = 4_000;
    private const int MostPositions = 2_000;
    private static readonly TimeSpan LongStanding = TimeSpan.FromHours(72);

    /// <summary>31 days: no warning of ours stands longer unlooked-at, but a mistyped year does.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    internal static IReadOnlyList<Finding> Check(Draft draft, CheckContext context) =>
        [.. CheckTimes(draft, context), .. CheckArea(draft, context), .. CheckTexts(draft), .. CheckThread(draft, context)];

    /// <summary>True when the area or the head-count is so large that the count must be typed in.</summary>
    internal static bool IsVast(Draft draft, WarningsOptions options) => draft.People > options.ManyPeople || CapGeometry.ShareOfEarth(draft.Area) > 1 / 8.0;

    private static IEnumerable<Finding> CheckTimes(Draft draft, CheckContext context)
    {
        if (draft.Expires <= context.Now)
        {
            yield return Finding.Stop("expires", "expired", "The end lies in the past.");
        }
        else if (draft.Expires - context.Now > Longest)
        {
            yield return Finding.Stop("expires", "stands-too-long", "It would stand for more than a month. Is the year right?");
        }
        else if (draft.Expires - context.Now > LongStanding)
        {
            yield return Finding.Ask("expires", "long-standing", "It would stand for more than three days. Send a shorter one and update it.");
        }

        if (draft.Onset is { } onset && onset >= draft.Expires)
        {
            yield return Finding.Stop("onset", "onset-after-end", "It would begin after its end.");
        }
    }

    private static IEnumerable<Finding> CheckArea(Draft draft, CheckContext context)
    {
        if (string.IsNullOrWhiteSpace(draft.AreaDesc))
        {
            yield return Finding.Stop("areaDesc", "no-place", "Say in words where it is.");
        }
        else if (!IsSendable(draft.AreaDesc))
        {
            yield return Finding.Stop("areaDesc", "unreadable", "The area's description holds characters that cannot be sent.");
        }

        if (draft.Area.IsEmpty || draft.Area.Area == 0)
        {
            yield return Finding.Stop("area", "area-empty", "Draw the area.");
            yield break;
        }

        if (!draft.Area.IsValid)
        {
            yield return Finding.Stop("area", "area-crosses", "The area crosses itself: draw it again.");
            yield break;
        }

        if (draft.Area.NumPoints > MostPositions)
        {
            yield return Finding.Ask("area", "area-fine", $"The area has {draft.Area.NumPoints} corners; many receivers take far fewer.");
        }

        if (IsVast(draft, context.Options))
        {
            yield return Finding.Ask("area", "area-vast", $"This reaches about {draft.People} people or an eighth of the Earth. Type the number to submit it.");
        }
        else if (draft.People == 0)
        {
            yield return Finding.Ask("area", "area-nobody", "No known place with people lies inside.");
        }
    }

    private static IEnumerable<Finding> CheckTexts(Draft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Event))
        {
            yield return Finding.Stop("event", "no-event", "Name the event.");
        }
        else if (!IsSendable(draft.Event))
        {
            yield return Finding.Stop("event", "unreadable", "The event's name holds characters that cannot be sent.");
        }

        if (draft.Texts is not [{ Language: "en", IsMissing: false }, ..])
        {
            yield return Finding.Stop("texts.en", "no-text", "Write the English text first.");
        }

        if (draft.Texts.Select(text => text.Language).Distinct().Count() < draft.Texts.Count)
        {
            yield return Finding.Stop("texts", "same-language", "A language stands there twice.");
        }

        foreach (var finding in draft.Texts.SelectMany(text => CheckText(draft, text)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckText(Draft draft, AlertText text)
    {
        var field = $"texts.{text.Language}";
        if (!LanguageTag().IsMatch(text.Language))
        {
            yield return Finding.Stop("texts", "language", "A language is named by its code, for example en or dz.");
        }

        if (text.IsMissing)
        {
            if (text.Language != "en")
            {
                yield return Finding.Ask(field, "language-missing", $"Nobody has written the text in {text.Language} yet.");
            }

            yield break;
        }

        foreach (var (part, words) in new[] { ("headline", text.Headline), ("description", text.Description), ("instruction", text.Instruction) })
        {
            if (string.IsNullOrWhiteSpace(words))
            {
                yield return Finding.Stop($"{field}.{part}", $"no-{part}", part == "instruction" ? "Say what to do." : $"The {part} is empty.");
            }
            else if (words.Length > LongestText || (part == "headline" && words.Length > 160))
            {
                yield return Finding.Stop($"{field}.{part}", "too-long", $"The {part} is too long.");
            }
            else if (!IsSendable(words))
            {
                yield return Finding.Stop($"{field}.{part}", "unreadable", $"The {part} holds characters that cannot be sent.");
            }
        }

        if (text.Language == "en")
        {
            foreach (var finding in WordingChecks.Check(draft, text))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> CheckThread(Draft draft, CheckContext context)
    {
        if (draft.InputsChanged)
        {
            yield return Finding.Ask("evidence", "inputs-changed", "The risk this rests on has changed since. Look at it again; submitting says that you did.");
        }

        if (draft.MsgType == CapMsgType.Update && context.InForce.All(alert => alert.Id != draft.UpdatesAlertId))
        {
            yield return Finding.Stop("references", "update-target-ended", "The alert this would update is no longer in force. Save it again to send it as a new alert, or withdraw it.");
        }

        foreach (var alert in context.InForce.Where(alert => alert.ThreadId != draft.ThreadId && alert.Kind == draft.Kind && Overlap(alert.Area, draft.Area)))
        {
            yield return Finding.Ask("area", "overlaps", $"The area overlaps a warning in force: {alert.Texts[0].Headline}. Update that one instead?");
        }
    }

    private static bool Overlap(Geometry a, Geometry b) => !a.IsEmpty && !b.IsEmpty && a.IsValid && b.IsValid && a.EnvelopeInternal.Intersects(b.EnvelopeInternal) && a.Intersects(b);

    // Control characters, noncharacters and a lone half of a surrogate pair (which enumerates as the replacement character) cannot
    // be written as XML; an override of the writing direction shows other words than were approved.
    private static bool IsSendable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value is 0x202D or 0x202E
                || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t' or '\r'))
                || (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value)))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();
}
