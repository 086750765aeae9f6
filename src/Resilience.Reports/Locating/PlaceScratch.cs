namespace Resilience.Reports.Locating;

/// <summary>A name of a place in a post, with those who bear it.</summary>
/// <param name="Start">Where it stands.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="First">First of its candidates in the scratch's list.</param>
/// <param name="Count">How many candidates.</param>
/// <param name="Led">A word like "in" or "near" stands before it.</param>
/// <param name="Thing">More likely part of the name of a person or a thing.</param>
/// <param name="Begins">Begins a sentence, where a capital says nothing.</param>
/// <param name="Words">Words of the name.</param>
internal readonly record struct NameMention(int Start, int Length, int First, int Count, bool Led, bool Thing, bool Begins, int Words);

/// <summary>A country's name in a post.</summary>
internal readonly record struct CountryMention(int Start, int Length, Country Country);

/// <summary>What one post needs while it is read; each thread keeps one, so that reading a post allocates nothing.</summary>
internal sealed class PlaceScratch
{
    /// <summary>Names beyond these are left: the point of a post stands near its beginning, and each is held against each.</summary>
    internal const int MostMentions = 48;

    internal const int MostNamesakes = 25;

    [ThreadStatic]
    private static PlaceScratch? _mine;

    internal static PlaceScratch Mine => _mine ??= new PlaceScratch();

    internal PlaceTokens Tokens { get; } = new();

    internal NameMention[] Mentions { get; } = new NameMention[MostMentions];

    internal int MentionCount { get; set; }

    internal CountryMention[] Countries { get; } = new CountryMention[MostMentions];

    internal int CountryCount { get; set; }

    /// <summary>The candidates of all mentions, one after the other.</summary>
    internal int[] Candidates { get; } = new int[MostMentions * MostNamesakes];

    internal int CandidateCount { get; set; }

    /// <summary>The place chosen for each mention, and how sure that is.</summary>
    internal (int Place, double Confidence)[] Chosen { get; } = new (int, double)[MostMentions];

    internal void Clear() => (MentionCount, CountryCount, CandidateCount) = (0, 0, 0);

    internal ReadOnlySpan<int> CandidatesOf(in NameMention mention) => Candidates.AsSpan(mention.First, mention.Count);
}
