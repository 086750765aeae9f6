using System.Globalization;
using Resilience.Core.Geography;

namespace Resilience.Reports.Locating;

/// <summary>A word of a post as the place finder sees it; hashtags are opened into their words.</summary>
/// <param name="Start">Where it begins in the post.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="FoldedStart">Where it begins in the folded text, in which the words stand one space apart.</param>
/// <param name="FoldedEnd">Where it ends there.</param>
/// <param name="Upper">Begins with a capital.</param>
/// <param name="Capital">Begins with a capital, or its script has none.</param>
/// <param name="InTag">Part of a hashtag.</param>
/// <param name="Breaks">A sentence or clause ends before it: no name runs across.</param>
internal readonly record struct PlaceToken(int Start, int End, int FoldedStart, int FoldedEnd, bool Upper, bool Capital, bool InTag, bool Breaks);

/// <summary>Cuts a post into words and folds them. Links and handles are no words. Allocates only to grow.</summary>
internal sealed class PlaceTokens
{
    private PlaceToken[] _tokens = new PlaceToken[256];
    private char[] _folded = new char[2048];
    private int _length;

    internal int Count { get; private set; }

    internal ref readonly PlaceToken this[int index] => ref _tokens[index];

    /// <summary>The folded words from one to another, one space apart.</summary>
    internal ReadOnlySpan<char> Folded(int first, int last) => _folded.AsSpan(_tokens[first].FoldedStart, Math.Max(0, _tokens[last].FoldedEnd - _tokens[first].FoldedStart));

    /// <summary>The folded word.</summary>
    internal ReadOnlySpan<char> Folded(int index) => Folded(index, index);

    internal void Read(ReadOnlySpan<char> post)
    {
        (Count, _length) = (0, 0);
        var room = GazetteerName.MostLength(post.Length) + post.Length + 2;
        if (_folded.Length < room)
        {
            _folded = new char[room];
        }

        var breaks = false;
        for (var at = 0; at < post.Length;)
        {
            var letter = post[at];
            if (letter == 'h' && LinkEnd(post, at) is var link and > 0)
            {
                (at, breaks) = (link, true);
            }
            else if (letter == '@' && HandleEnd(post, at + 1) is var handle && handle > at + 1)
            {
                (at, breaks) = (handle, true);
            }
            else if (letter == '#' && TagEnd(post, at + 1) is var tag && tag > at + 1)
            {
                ReadTag(post, at + 1, tag);
                (at, breaks) = (tag, true);
            }
            else if (Kind(letter) is Letter.Upper or Letter.Lower or Letter.Other or Letter.Mark)
            {
                var end = WordEnd(post, at + 1);
                if (post[at..end].StartsWith("http", StringComparison.OrdinalIgnoreCase))
                {
                    breaks = true;
                }
                else
                {
                    Add(post, at, end, inTag: false, breaks);
                    breaks = false;
                }

                at = end;
            }
            else
            {
                breaks |= letter is '.' or '!' or '?' or ';' or ':' or '،' or '؛' or '"' or '(' or ')' or '[' or ']' or '|' or '\n';
                at++;
            }
        }
    }

    /// <summary>KeralaFloods2018 → Kerala, Floods; keralafloods stays and is opened by its known endings.</summary>
    private void ReadTag(ReadOnlySpan<char> post, int start, int end)
    {
        var first = true;
        for (var at = start; at < end;)
        {
            var upper = at;
            while (upper < end && Kind(post[upper]) == Letter.Upper)
            {
                upper++;
            }

            var stop = at;
            if (upper - at <= 1)
            {
                // One capital or none, then small letters or those of a script without capitals.
                stop = upper;
                while (stop < end && IsSmall(post, stop))
                {
                    stop++;
                }
            }
            else
            {
                // USAFloods → USA, Floods.
                stop = upper < end && char.GetUnicodeCategory(post[upper]) == UnicodeCategory.LowercaseLetter ? upper - 1 : upper;
            }

            if (stop > at)
            {
                Add(post, at, stop, inTag: true, breaks: first);
                first = false;
                at = stop;
            }
            else
            {
                at++;
            }
        }
    }

    private static bool IsSmall(ReadOnlySpan<char> post, int at) =>
        Kind(post[at]) is Letter.Lower or Letter.Mark
        || (Kind(post[at]) == Letter.Other && char.GetUnicodeCategory(post[at]) == UnicodeCategory.OtherLetter);

    private void Add(ReadOnlySpan<char> post, int start, int end, bool inTag, bool breaks)
    {
        if (_length > 0 && _folded[_length - 1] != ' ')
        {
            _folded[_length++] = ' ';
        }

        var length = GazetteerName.Fold(post[start..end], _folded.AsSpan(_length));
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, Count * 2);
        }

        var kind = Kind(post[start]);
        _tokens[Count++] = new PlaceToken(start, end, _length, _length + length, kind == Letter.Upper, kind is Letter.Upper or Letter.Other, inTag, breaks);
        _length += length;
    }

    private static int LinkEnd(ReadOnlySpan<char> post, int at)
    {
        var rest = post[at..];
        var colon = rest.StartsWith("http:", StringComparison.Ordinal) ? 5 : rest.StartsWith("https:", StringComparison.Ordinal) ? 6 : 0;
        if (colon == 0)
        {
            return 0;
        }

        var end = at + colon;
        while (end < post.Length && !char.IsWhiteSpace(post[end]))
        {
            end++;
        }

        return end > at + colon ? end : 0;
    }

    private static int HandleEnd(ReadOnlySpan<char> post, int at)
    {
        while (at < post.Length && (Kind(post[at]) is Letter.Upper or Letter.Lower or Letter.Other or Letter.Mark or Letter.Digit || char.GetUnicodeCategory(post[at]) == UnicodeCategory.ConnectorPunctuation))
        {
            at++;
        }

        return at;
    }

    private static int TagEnd(ReadOnlySpan<char> post, int at)
    {
        while (at < post.Length && (post[at] == '_' || Kind(post[at]) != Letter.None))
        {
            at++;
        }

        return at;
    }

    private static int WordEnd(ReadOnlySpan<char> post, int at)
    {
        while (at < post.Length && (post[at] is '\'' or '’' or '-' || Kind(post[at]) != Letter.None))
        {
            at++;
        }

        return at;
    }

    private static Letter Kind(char letter) => (Letter)Kinds[letter];

    private static readonly byte[] Kinds = MakeKinds();

    private static byte[] MakeKinds()
    {
        var kinds = new byte[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            kinds[code] = (byte)(char.GetUnicodeCategory((char)code) switch
            {
                UnicodeCategory.UppercaseLetter => Letter.Upper,
                UnicodeCategory.LowercaseLetter => Letter.Lower,
                UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Letter.Other,
                UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Letter.Mark,
                UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Letter.Digit,
                _ => Letter.None,
            });
        }

        return kinds;
    }

    private enum Letter : byte
    {
        None,
        Upper,
        Lower,

        /// <summary>Of a script without capitals, or a modifier.</summary>
        Other,
        Mark,
        Digit,
    }
}
