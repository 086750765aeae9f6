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
/// other places named, the countries the source writes about, and size. No name, or only a doubtful one: no place. Thread-safe;
/// allocates nothing but its answer.
/// </summary>
public sealed class LocatePost(Gazetteer gazetteer)
{
    private readonly PlaceBook _book = new(gazetteer);

    /// <summary>Places below this confidence are not reported: a false point sends people the wrong way, none lets them read.</summary>
    public const double Least = 0.4;

    /// <summary>The place, or null.</summary>
    /// <param name="text">Plain text of the post.</param>
    /// <param name="countries">Countries its source mostly writes about (ISO 3166-1 alpha-2); empty: the world.</param>
    public LocatedPlace? Locate(string text, IReadOnlyCollection<string> countries)
    {
        var scratch = Choose(text, countries);

        // The narrowest place of the surest: "Aluva, Ernakulam, Kerala" is Aluva.
        var (best, most) = (-1, double.MinValue);
        for (var i = 0; i < scratch.MentionCount; i++)
        {
            var (place, confidence) = scratch.Chosen[i];
            var worth = Math.Round(confidence, 1) - (RadiusKm(_book[place]) > 50 ? 0.25 : 0);
            if (confidence >= Least && worth > most)
            {
                (best, most) = (i, worth);
            }
        }

        return best < 0 ? null : ToPlace(scratch.Chosen[best]);
    }

    /// <summary>
    /// Every country and every place the post names with at least <see cref="Least"/> confidence, in the text's order. A country
    /// is as sure as its name is unmistakable; its confidence is not measured and stated as 0.9.
    /// </summary>
    /// <inheritdoc cref="Locate" path="/param"/>
    public IReadOnlyList<PlaceMention> ListPlaces(string text, IReadOnlyCollection<string> countries)
    {
        var scratch = Choose(text, countries);
        var listed = new List<PlaceMention>(scratch.CountryCount + scratch.MentionCount);
        foreach (var (start, length, country) in scratch.Countries.AsSpan(0, scratch.CountryCount))
        {
            listed.Add(new PlaceMention(start, length, MentionKind.Country, country.Code, new LocatedPlace(country.Name, country.Longitude, country.Latitude, country.RadiusKm, 0.9)));
        }

        for (var i = 0; i < scratch.MentionCount; i++)
        {
            var (chosen, mention) = (scratch.Chosen[i], scratch.Mentions[i]);
            if (chosen.Confidence >= Least)
            {
                listed.Add(new PlaceMention(mention.Start, mention.Length, _book[chosen.Place].IsPopulated ? MentionKind.Town : MentionKind.Division, _book[chosen.Place].CountryCode, ToPlace(chosen)));
            }
        }

        listed.Sort((one, other) => one.Start.CompareTo(other.Start));
        return listed;
    }

    /// <summary>How far a place of its kind reaches from its point, km.</summary>
    internal static double RadiusKm(GazetteerPlace place) => place.FeatureCode switch
    {
        "ADM1" => 150,
        "ADM2" => 25,
        "PPLX" => 3,
        _ => place.Population switch { > 5_000_000 => 30, > 1_000_000 => 20, > 200_000 => 12, > 50_000 => 8, _ => 5 },
    };

    private PlaceScratch Choose(string text, IReadOnlyCollection<string> countries)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scratch = PlaceScratch.Mine;
        FindNames.In(text, _book, scratch);
        if (scratch.MentionCount > 0)
        {
            ChoosePlaces.In(scratch, _book, countries);
        }

        return scratch;
    }

    private LocatedPlace ToPlace((int Place, double Confidence) chosen)
    {
        var place = _book[chosen.Place];
        return new LocatedPlace(_book.Title(chosen.Place), place.Longitude, place.Latitude, RadiusKm(place), Math.Round(chosen.Confidence, 2));
    }
}
