using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Reports.Locating;

/// <summary>Where a post is about, as far as its words say.</summary>
/// <param name="Name">The place as the gazetteer writes it, with its division when that is not the place itself.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="RadiusKm">How far the place named may reach; the truth lies within it more often than not.</param>
/// <param name="Confidence">0 to 1: that this place is meant and not a namesake or no place at all.</param>
public sealed record LocatedPlace(string Name, double Longitude, double Latitude, double RadiusKm, double Confidence);

/// <summary>What kind of place a mention is.</summary>
public enum MentionKind
{
    /// <summary>A country: says where in the world, never gives a post its point.</summary>
    Country,

    /// <summary>A first-order division, at its label point.</summary>
    Division,

    /// <summary>A city, a town, a village, or a section of one.</summary>
    Town,
}

/// <summary>A place that a post names, whether or not the post gets its point.</summary>
/// <param name="Start">Where the name begins in the text.</param>
/// <param name="Length">Characters of the name, a hashtag's ending like "floods" included.</param>
/// <param name="Kind">What it is.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Place">The surest of its namesakes.</param>
public sealed record PlaceMention(int Start, int Length, MentionKind Kind, string CountryCode, LocatedPlace Place);

/// <summary>
/// Finds the place a post names: the longest names of the gazetteer among its words and hashtags, namesakes told apart by the
/// other places named, the countries the source writes about, and size. No name, or only a doubtful one: no place. Thread-safe.
/// </summary>
public sealed class LocatePost(Gazetteer gazetteer)
{
    private readonly Dictionary<(string Country, string Name), long> _people = gazetteer.Places.Where(place => place.IsPopulated && !place.IsSection)
        .GroupBy(place => (place.CountryCode, place.Admin1)).ToDictionary(division => division.Key, division => division.Sum(place => place.Population));

    /// <summary>Places below this confidence are not reported: a false point sends people the wrong way, none lets them read.</summary>
    public const double Least = 0.4;

    private const int LongestName = 4;
    private const int MostNamesakes = 25;
    private const double NearKm = 150;

    /// <summary>The place, or null.</summary>
    /// <param name="text">Plain text of the post.</param>
    /// <param name="countries">Countries its source mostly writes about (ISO 3166-1 alpha-2); empty: the world.</param>
    public LocatedPlace? Locate(string text, IReadOnlyCollection<string> countries)
    {
        var (mentions, named) = FindMentions(text);

        // The narrowest place of the surest: "Aluva, Ernakulam, Kerala" is Aluva.
        var sure = Choose(mentions, named, countries).FindAll(choice => choice.Confidence >= Least);
        if (sure.Count == 0)
        {
            return null;
        }

        var (place, confidence) = sure.MaxBy(choice => Math.Round(choice.Confidence, 1) - (RadiusKm(choice.Place) > 50 ? 0.25 : 0));
        return ToPlace(place, confidence);
    }

    /// <summary>
    /// Every country and every place the post names with at least <see cref="Least"/> confidence, in the text's order. A country
    /// is as sure as its name is unmistakable; its confidence is not measured and stated as 0.9.
    /// </summary>
    /// <inheritdoc cref="Locate" path="/param"/>
    public IReadOnlyList<PlaceMention> ListPlaces(string text, IReadOnlyCollection<string> countries)
    {
        var (mentions, named) = FindMentions(text);
        return
        [
            .. named.ConvertAll(one => new PlaceMention(one.Start, one.Length, MentionKind.Country, one.Country.Code, new LocatedPlace(one.Country.Name, one.Country.Longitude, one.Country.Latitude, one.Country.RadiusKm, 0.9)))
                .Concat(mentions.Zip(Choose(mentions, named, countries)).Where(pair => pair.Second.Confidence >= Least).Select(pair => new PlaceMention(
                    pair.First.Start, pair.First.Length, pair.Second.Place.IsPopulated ? MentionKind.Town : MentionKind.Division, pair.Second.Place.CountryCode, ToPlace(pair.Second.Place, pair.Second.Confidence))))
                .OrderBy(mention => mention.Start),
        ];
    }

    private List<(GazetteerPlace Place, double Confidence)> Choose(List<Mention> mentions, List<(Country Country, int Start, int Length)> named, IReadOnlyCollection<string> countries)
    {
        var home = new Home([.. named.Select(one => one.Country.Code)], countries);
        return mentions.ConvertAll(mention => Choose(mention, mentions, home));
    }

    private static LocatedPlace ToPlace(GazetteerPlace place, double confidence)
    {
        var name = place.Admin1.Length == 0 || place.Admin1 == place.Name ? place.Name : $"{place.Name}, {place.Admin1}";
        return new LocatedPlace(name, place.Longitude, place.Latitude, RadiusKm(place), Math.Round(confidence, 2));
    }

    /// <summary>How far a place of its kind reaches from its point, km.</summary>
    internal static double RadiusKm(GazetteerPlace place) => place.FeatureCode switch
    {
        "ADM1" => 150,
        "ADM2" => 25,
        "PPLX" => 3,
        _ => place.Population switch { > 5_000_000 => 30, > 1_000_000 => 20, > 200_000 => 12, > 50_000 => 8, _ => 5 },
    };

    /// <summary>The places and the countries a text names.</summary>
    private (List<Mention> Places, List<(Country Country, int Start, int Length)> Countries) FindMentions(string text)
    {
        var tokens = PlaceTokens.Of(text);
        var (mentions, countries) = (new List<Mention>(), new List<(Country Country, int Start, int Length)>());
        for (var start = 0; start < tokens.Count;)
        {
            var length = 0;
            for (var tried = Math.Min(LongestName, tokens.Count - start); tried > 0 && length == 0; tried--)
            {
                if (CountryAt(tokens, start, tried) is { } country)
                {
                    countries.Add((country, tokens[start].Start, EndOf(tokens[start + tried - 1]) - tokens[start].Start));
                    length = tried;
                }
                else if (TryMention(tokens, start, tried) is { } mention)
                {
                    mentions.Add(mention);
                    length = tried;
                }
            }

            start += Math.Max(1, length);
        }

        return (mentions, countries);
    }

    private static int EndOf(PlaceToken token) => token.Start + token.Text.Length;

    private static Country? CountryAt(List<PlaceToken> tokens, int start, int length)
    {
        var run = tokens.GetRange(start, length);
        if (!(run[0].Capital || run[0].InTag) || run.Skip(1).Any(token => token.Breaks || token.InTag != run[0].InTag))
        {
            return null;
        }

        var name = string.Join(' ', run.Select(token => token.Text));
        return PlaceNames.Country(GazetteerName.Fold(name))
            ?? (length > 1 ? null : run[0].InTag ? PlaceNames.WithoutTagEnding(name) is { } bare ? PlaceNames.Country(GazetteerName.Fold(bare)) : null
                : WithoutArabicPrefix(name) is { } stem ? PlaceNames.Country(stem) : null);
    }

    private Mention? TryMention(List<PlaceToken> tokens, int start, int length)
    {
        for (var i = start + 1; i < start + length; i++)
        {
            if (tokens[i].Breaks || tokens[i].InTag != tokens[start].InTag)
            {
                return null;
            }
        }

        var (first, last) = (tokens[start], tokens[start + length - 1]);
        if (!first.InTag && !(first.Capital && last.Capital))
        {
            return null;
        }

        var name = string.Join(' ', tokens.GetRange(start, length).Select(token => token.Text));
        var folded = GazetteerName.Fold(name);
        if (folded.Length < 3 || folded is "red cross" or "red crescent" or "camp fire" or "united nations" || (length == 1 && folded.Length < 4 && !first.InTag && folded[0] > '\u0590') || (length == 1 && PlaceNames.IsCommon(folded)))
        {
            return null;
        }

        var candidates = Find(name, first, length);
        if (candidates.Count == 0)
        {
            return null;
        }

        var led = start > 0 && !first.Breaks && PlaceNames.Leads(tokens[start - 1].Text);
        var next = start + length < tokens.Count && !tokens[start + length].Breaks ? tokens[start + length] : default;
        var thing = !first.InTag && next.Text is not null && (PlaceNames.MakesThing(next.Text) || (length == 1 && next.Capital && !led && char.IsUpper(next.Text[0]) && gazetteer.FindByName(next.Text).Count == 0));
        var named = !first.InTag && start > 0 && !first.Breaks && length == 1 && !led && char.IsUpper(tokens[start - 1].Text[0]) && !PlaceNames.Leads(tokens[start - 1].Text) && !PlaceNames.IsCommon(tokens[start - 1].Text.ToLowerInvariant());
        return new Mention(first.Start, EndOf(last) - first.Start, candidates, led, thing || named, first is { Breaks: true, InTag: false } || start == 0, length);
    }

    private List<GazetteerPlace> Find(string name, PlaceToken first, int length)
    {
        var found = gazetteer.FindByName(name);
        if (found.Count == 0 && length == 1)
        {
            var bare = first.InTag ? PlaceNames.WithoutTagEnding(name) : WithoutArabicPrefix(name);
            found = bare is null || PlaceNames.IsCommon(bare.ToLowerInvariant()) ? [] : gazetteer.FindByName(bare);
        }

        // A name given in lower case within a tag must be a town of some size.
        return [.. found.Where(place => !first.InTag || first.Capital || place.Population >= 50_000 || !place.IsPopulated).Take(MostNamesakes)];
    }

    /// <summary>And, in, to, so, as written together with the word in Arabic.</summary>
    private static string? WithoutArabicPrefix(string word) => word.Length >= 5 && word[0] is 'و' or 'ب' or 'ل' or 'ف' or 'ك' ? word[1..] : null;

    private (GazetteerPlace Place, double Confidence) Choose(Mention mention, List<Mention> all, Home countries)
    {
        var weights = mention.Candidates.Select(place => (Place: place, Weight: Weight(place, mention, all, countries))).OrderByDescending(one => one.Weight).ToList();
        var best = weights[0];

        // Namesakes next door (a town and its province) do not compete with each other.
        var at = new Coordinate(best.Place.Longitude, best.Place.Latitude);
        var sum = weights.Sum(one => Km(at, one.Place) <= NearKm ? 0 : Math.Exp(one.Weight)) + Math.Exp(best.Weight);
        var isPlace = 0.55 + (mention.Led ? 0.25 : 0) + (mention.Words > 1 ? 0.15 : 0) + (best.Weight > 6.2 ? 0.15 : best.Weight < 5.6 ? -0.2 : 0) - (mention.Thing ? 0.35 : 0) - (mention.Begins ? 0.15 : 0);
        return (best.Place, Math.Clamp(isPlace, 0, 0.98) * Math.Exp(best.Weight) / sum);
    }

    private double Weight(GazetteerPlace place, Mention mention, List<Mention> all, Home countries)
    {
        // A division is meant about as often as a town of a fifth of its people.
        var people = place.IsPopulated ? place.Population : _people.GetValueOrDefault((place.CountryCode, place.Name)) / 5;
        var size = Math.Log10(Math.Max(people, 300));
        var home = countries.Of(place);
        var at = new Coordinate(place.Longitude, place.Latitude);
        var company = 0.0;
        foreach (var other in all.Where(other => other.Start != mention.Start))
        {
            company += other.Candidates.Max(candidate =>
                !candidate.IsPopulated && candidate.Name == place.Admin1 && candidate.CountryCode == place.CountryCode ? 2.5
                : Km(at, candidate) <= NearKm ? 1.5
                : candidate.CountryCode == place.CountryCode && candidate.Population > 50_000 ? 0.7
                : 0);
        }

        return (size * 1.2) + home + Math.Min(company, 4);
    }

    private static double Km(Coordinate at, GazetteerPlace place) => Wgs84.DistanceMetres(at, new Coordinate(place.Longitude, place.Latitude)) / 1000;

    /// <param name="Start">Where it stands.</param>
    /// <param name="Length">How long it is there.</param>
    /// <param name="Candidates">Who bears the name.</param>
    /// <param name="Led">A word like "in" or "near" stands before it.</param>
    /// <param name="Thing">More likely part of the name of a person or a thing.</param>
    /// <param name="Begins">Begins a sentence, where a capital says nothing.</param>
    /// <param name="Words">Words of the name.</param>
    private sealed record Mention(int Start, int Length, List<GazetteerPlace> Candidates, bool Led, bool Thing, bool Begins, int Words);

    /// <summary>Which countries are likely: those the post names before those its source writes about.</summary>
    private sealed record Home(HashSet<string> Named, IReadOnlyCollection<string> Usual)
    {
        internal double Of(GazetteerPlace place) =>
            Named.Contains(place.CountryCode) ? 3
            : Usual.Contains(place.CountryCode, StringComparer.OrdinalIgnoreCase) ? 2.5
            : Named.Count > 0 || Usual.Count > 0 ? -1.5
            : 0;
    }
}
