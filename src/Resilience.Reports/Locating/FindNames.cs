namespace Resilience.Reports.Locating;

/// <summary>Finds the names of places and countries in a post: the longest of the gazetteer's among its words and hashtags.</summary>
internal static class FindNames
{
    private const int MostBearers = 256;

    /// <summary>Fills the scratch with the mentions of the post.</summary>
    internal static void In(ReadOnlySpan<char> text, PlaceBook book, PlaceScratch scratch)
    {
        scratch.Clear();
        var tokens = scratch.Tokens;
        tokens.Read(text);
        for (var start = 0; start < tokens.Count && scratch.MentionCount < PlaceScratch.MostMentions && scratch.CountryCount < PlaceScratch.MostMentions;)
        {
            start += Math.Max(1, tokens[start].InTag || tokens[start].Capital ? TakeAt(start, book, scratch) : 0);
        }
    }

    /// <summary>The words of the longest name that begins there; 0 when none does.</summary>
    private static int TakeAt(int start, PlaceBook book, PlaceScratch scratch)
    {
        var tokens = scratch.Tokens;
        var most = Math.Min(book.MostWords(FirstWord(tokens.Folded(start))), tokens.Count - start);
        var length = 1;
        while (length < most && !tokens[start + length].Breaks && tokens[start + length].InTag == tokens[start].InTag)
        {
            length++;
        }

        for (; length > 0; length--)
        {
            if (most > 0 && PlaceNames.Country(tokens.Folded(start, start + length - 1)) is { } country)
            {
                AddCountry(start, length, country, scratch);
                return length;
            }

            if (length == 1 && CountryWithin(start, tokens) is { } within)
            {
                AddCountry(start, length, within, scratch);
                return length;
            }

            if (TryMention(start, length, most > 0, book, scratch))
            {
                return length;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> folded) => folded.IndexOf(' ') is var space and > 0 ? folded[..space] : folded;

    private static void AddCountry(int start, int length, Country country, PlaceScratch scratch)
    {
        var from = scratch.Tokens[start].Start;
        scratch.Countries[scratch.CountryCount++] = new CountryMention(from, scratch.Tokens[start + length - 1].End - from, country);
    }

    /// <summary>A country's name with an ending or a prefix that belongs to another word.</summary>
    private static Country? CountryWithin(int start, PlaceTokens tokens)
    {
        var bare = WithoutAddition(start, tokens);
        return bare.IsEmpty ? null : PlaceNames.Country(bare);
    }

    private static ReadOnlySpan<char> WithoutAddition(int start, PlaceTokens tokens) =>
        tokens[start].InTag ? PlaceNames.WithoutTagEnding(tokens.Folded(start)) : PlaceNames.WithoutArabicPrefix(tokens.Folded(start));

    private static bool TryMention(int start, int length, bool known, PlaceBook book, PlaceScratch scratch)
    {
        var tokens = scratch.Tokens;
        ref readonly var first = ref tokens[start];
        ref readonly var last = ref tokens[start + length - 1];
        if (!first.InTag && !last.Capital)
        {
            return false;
        }

        var folded = tokens.Folded(start, start + length - 1);
        if (folded.Length < 3 || folded is "red cross" or "red crescent" or "camp fire" or "united nations" || (length == 1 && ((folded.Length < 4 && !first.InTag && folded[0] > '\u0590') || PlaceNames.IsCommon(folded))))
        {
            return false;
        }

        Span<int> bearers = stackalloc int[MostBearers];
        var found = known ? book.Find(folded, bearers) : 0;
        if (found == 0 && length == 1)
        {
            var bare = WithoutAddition(start, tokens);
            found = bare.IsEmpty || PlaceNames.IsCommon(bare) ? 0 : book.Find(bare, bearers);
        }

        var count = Keep(bearers[..found], first, book, scratch);
        if (count == 0)
        {
            return false;
        }

        var led = start > 0 && !first.Breaks && PlaceNames.Leads(tokens.Folded(start - 1));
        var thing = !first.InTag && (IsThingBefore(start + length, length, led, book, tokens) || IsThingAfter(start, length, led, tokens));
        scratch.Mentions[scratch.MentionCount++] = new NameMention(first.Start, last.End - first.Start, scratch.CandidateCount - count, count, led, thing, (first.Breaks && !first.InTag) || start == 0, length);
        return true;
    }

    /// <summary>Keeps the candidates; a name given in lower case within a tag must be a town of some size.</summary>
    private static int Keep(ReadOnlySpan<int> bearers, in PlaceToken first, PlaceBook book, PlaceScratch scratch)
    {
        var count = 0;
        foreach (var place in bearers)
        {
            if (count < PlaceScratch.MostNamesakes && (!first.InTag || first.Capital || book[place].Population >= 50_000 || !book[place].IsPopulated))
            {
                scratch.Candidates[scratch.CandidateCount++] = place;
                count++;
            }
        }

        return count;
    }

    /// <summary>The word after it makes a thing or a person of it.</summary>
    private static bool IsThingBefore(int next, int length, bool led, PlaceBook book, PlaceTokens tokens)
    {
        if (next >= tokens.Count || tokens[next].Breaks)
        {
            return false;
        }

        Span<int> one = stackalloc int[1];
        return PlaceNames.MakesThing(tokens.Folded(next)) || (length == 1 && tokens[next].Upper && !led && book.Find(tokens.Folded(next), one) == 0);
    }

    /// <summary>The capitalised word before it makes it a surname.</summary>
    private static bool IsThingAfter(int start, int length, bool led, PlaceTokens tokens) =>
        start > 0 && !tokens[start].Breaks && length == 1 && !led && tokens[start - 1].Upper && !PlaceNames.IsCommon(tokens.Folded(start - 1));
}
