using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Resilience.Reports.Classifying;

/// <summary>
/// A post as the model reads it: lower-case words separated by single spaces. What differs between events but means the same is
/// made the same: links, handles, numbers, spelling marks of Arabic; hashtags are opened into their words.
/// </summary>
/// <remarks>Training and scoring must use the same form: changing anything here asks for a new model.</remarks>
public static partial class NormalText
{
    /// <summary>The words of a post, joined by spaces; empty for a post of nothing but marks.</summary>
    public static string Of(string text)
    {
        var plain = Retweet().Replace(text, "");
        plain = Link().Replace(plain, " httpurl ");
        plain = Handle().Replace(plain, " atuser ");
        plain = Tag().Replace(plain, static tag => CamelHump().Replace(tag.Value, "$1 $2"));
        var words = new StringBuilder(plain.Length + 16);
        var previous = Kind.Space;
        foreach (var rune in plain.EnumerateRunes())
        {
            var folded = Fold(rune);
            if (folded is not { } kept)
            {
                continue;
            }

            var kind = KindOf(kept);
            if (kind == Kind.Space)
            {
                previous = Kind.Space;
                continue;
            }

            if (words.Length > 0 && (kind != previous || kind == Kind.Mark))
            {
                words.Append(' ');
            }

            words.Append(kept.ToString());
            previous = kind;
        }

        return Number().Replace(words.ToString(), match => match.Value.Length == 4 && match.Value[0] is '1' or '2' ? "numyear" : $"num{Math.Min(match.Value.Length, 6)}");
    }

    /// <summary>
    /// The form by which two posts count as the same one: no links, handles, retweet mark, punctuation or case. Used to keep
    /// copies of one post out of both sides of a split.
    /// </summary>
    public static string ForComparing(string text)
    {
        var plain = Handle().Replace(Link().Replace(Retweet().Replace(text, ""), " "), " ").ToLowerInvariant();
        var letters = new StringBuilder(plain.Length);
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                letters.Append(rune.ToString());
            }
            else if (letters.Length > 0 && letters[^1] != ' ')
            {
                letters.Append(' ');
            }
        }

        return letters.ToString().Trim();
    }

    /// <summary>True unless most letters are of a script in which the informative stage was taught nothing: it knows Latin letters and a little Cyrillic.</summary>
    internal static bool IsTaughtScript(string normal)
    {
        var (known, other) = (0, 0);
        foreach (var letter in normal.Replace("httpurl", "", StringComparison.Ordinal).Replace("atuser", "", StringComparison.Ordinal).Where(char.IsLetter))
        {
            var taught = letter < '\u0250' || letter is >= '\u0400' and <= '\u04FF';
            (known, other) = taught ? (known + 1, other) : (known, other + 1);
        }

        return other <= known;
    }

    private static Rune? Fold(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => null,
        _ => rune.Value switch
        {
            0x0640 => null,
            0x0622 or 0x0623 or 0x0625 or 0x0671 => new Rune(0x0627),
            0x0649 => new Rune(0x064A),
            0x0629 => new Rune(0x0647),
            '\'' or 0x2019 => null,
            _ => Rune.ToLowerInvariant(rune),
        },
    };

    private static Kind KindOf(Rune rune) =>
        Rune.IsDigit(rune) ? Kind.Digit
        : Rune.IsLetter(rune) ? Kind.Letter
        : rune.Value is '!' or '?' or '#' or '$' or '%' or 0x061F || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol ? Kind.Mark
        : Kind.Space;

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Mark,
    }

    [GeneratedRegex(@"^\s*RT\s+@\w+:?\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Retweet();

    [GeneratedRegex(@"https?:\S*|www\.\S+|\bpic\.twitter\.com\S*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"@\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Handle();

    [GeneratedRegex(@"#\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(\p{Ll})(\p{Lu})", RegexOptions.CultureInvariant)]
    private static partial Regex CamelHump();

    [GeneratedRegex(@"\p{Nd}+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
