using System.Buffers;
using System.Text.RegularExpressions;

namespace Resilience.Reports.Locating;

/// <summary>A word of a post as the place finder sees it.</summary>
/// <param name="Text">The word; hashtags are opened into their words.</param>
/// <param name="Start">Where it stands in the post.</param>
/// <param name="Capital">Begins with a capital, or its script has none.</param>
/// <param name="InTag">Part of a hashtag.</param>
/// <param name="Breaks">A sentence or clause ends before it: no name runs across.</param>
internal readonly record struct PlaceToken(string Text, int Start, bool Capital, bool InTag, bool Breaks);

/// <summary>Cuts a post into words. Links and handles are no words.</summary>
internal static partial class PlaceTokens
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?;:،؛\"()[]|\n");

    internal static List<PlaceToken> Of(string post)
    {
        var tokens = new List<PlaceToken>();
        var end = 0;
        foreach (Match match in Word().Matches(post))
        {
            if (match.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase) || match.Value[0] == '@')
            {
                end = -1;
                continue;
            }

            var breaks = end < 0 || post.AsSpan(end, match.Index - end).ContainsAny(Stops);
            if (match.Value[0] == '#')
            {
                var first = true;
                foreach (Match part in TagPart().Matches(match.Value[1..].Replace('_', ' ')))
                {
                    tokens.Add(new PlaceToken(part.Value, match.Index + 1 + part.Index, IsCapital(part.Value), InTag: true, Breaks: first));
                    first = false;
                }

                end = -1;
                continue;
            }

            tokens.Add(new PlaceToken(match.Value, match.Index, IsCapital(match.Value), InTag: false, breaks));
            end = match.Index + match.Length;
        }

        return tokens;
    }

    private static bool IsCapital(string word) => char.IsUpper(word[0]) || (char.IsLetter(word[0]) && !char.IsLower(word[0]));

    [GeneratedRegex(@"https?:\S+|@\w+|#[\p{L}\p{N}_\p{M}]+|[\p{L}\p{M}][\p{L}\p{M}\p{N}'’\-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // KeralaFloods2018 → Kerala, Floods; keralafloods stays and is opened by its known endings.
    [GeneratedRegex(@"\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+", RegexOptions.CultureInvariant)]
    private static partial Regex TagPart();
}
