using System.Text.RegularExpressions;
using Resilience.Core.Cap;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>Whether the English text says what to do, where, in words a frightened ten-year-old reads.</summary>
internal static partial class WordingChecks
{
    private const int LongestSentence = 20;

    /// <summary>Words that begin an instruction.</summary>
    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "avoid", "bring", "call", "check", "climb", "close", "drop", "evacuate", "follow", "get", "go", "help", "hold", "keep", "leave", "listen", "lock", "look",
        "move", "open", "prepare", "put", "read", "run", "secure", "seek", "shelter", "stay", "stop", "switch", "take", "tie", "turn", "walk", "watch",
    };

    /// <summary>Words in capitals that everybody knows or that we print so on purpose.</summary>
    private static readonly HashSet<string> KnownCapitals = new(StringComparer.Ordinal) { "NOT", "UTC", "SMS", "EXERCISE", "FLOOD", "GLACIAL", "LAKE", "OUTBURST", "HEAVY", "RAIN", "LANDSLIDE", "EARTHQUAKE", "WILDFIRE", "STORM", "EMERGENCY" };

    internal static IEnumerable<Finding> Check(Draft draft, AlertText text)
    {
        if (draft.ResponseType is not (CapResponseType.AllClear or CapResponseType.None) && !Words(text.Instruction).Any(Verbs.Contains))
        {
            yield return Finding.Stop("texts.en.instruction", "no-action", "Say what to do with a verb: move, leave, stay away.");
        }

        if (!NamesPlace(draft.AreaDesc, $"{text.Headline} {text.Description}"))
        {
            yield return Finding.Stop("texts.en.description", "no-place", "Name the place in the text as it stands in the area's description.");
        }

        foreach (var (part, words) in new[] { ("headline", text.Headline), ("description", text.Description), ("instruction", text.Instruction) })
        {
            if (SentenceEnd().Split(words).Any(sentence => Words(sentence).Count() > LongestSentence))
            {
                yield return Finding.Ask($"texts.en.{part}", "long-sentence", $"A sentence has more than {LongestSentence} words.");
            }

            if (Words(words).FirstOrDefault(word => word.Length >= 2 && word.All(char.IsAsciiLetterUpper) && !KnownCapitals.Contains(word) && !Verbs.Contains(word)) is { } acronym)
            {
                yield return Finding.Ask($"texts.en.{part}", "acronym", $"Will people know what {acronym} means?");
            }
        }
    }

    // Any word of three letters or more from the area's description will do: "Wangdue" for "Wangdue and 3 more places".
    private static bool NamesPlace(string areaDesc, string text)
    {
        var said = Words(text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Words(areaDesc).Any(word => word.Length >= 3 && said.Contains(word));
    }

    private static IEnumerable<string> Words(string text) => WordPattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"[\p{L}\p{M}]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"[.!?;:\n]+\s*")]
    private static partial Regex SentenceEnd();
}
