using System.Collections.Frozen;
using System.Globalization;
using Resilience.Core.Geography;

namespace Resilience.Reports.Locating;

/// <summary>Words that are a place's name somewhere and a plain word nearly everywhere, and words that show a place is meant.</summary>
internal static class PlaceNames
{
    /// <summary>Written in lower case in our training posts at least half as often as capitalised: "of", "bath", "nice"; in Arabic, which has no capitals, frequent words of several events. Such a word alone is never a place.</summary>
    private static readonly FrozenSet<string> Common = ReadLines("common-words.txt").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Capitalised plain words and organisations that the lower-case count cannot catch.</summary>
    private static readonly FrozenSet<string> NeverAlone =
        """
        hurricane cyclone typhoon tornado flood floods earthquake tsunami wildfire storm bay valley المطرية
        red camp cross butte watch drone aid video need needs dear hope day week month year today tonight tomorrow yesterday breaking developing comment images cottagers donations prayers
        reading mobile nice police most same opportunity enterprise independence republic union liberty normal santa san saint st new old north south east west northern southern eastern western
        central upper lower great little mount lake river valley island islands county district state states province city town village beach hills park road street avenue university
        hospital school airport bridge church house white black red blue green gold president minister governor mayor queen king prince princess pope army navy guard cross crescent
        facebook twitter youtube google instagram whatsapp reuters guardian times post herald tribune sun star mirror express today news live breaking update watch video photo photos
        january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
        maria irma harvey florence matthew michael katrina sandy pablo bopha yolanda haiyan idai kenneth fani amphan nargis ike rita wilma dorian
        trump obama clinton putin modi francis jesus christ allah god lord trinity victoria jackson washington lincoln johnson wilson taylor justin jordan chelsea charlotte sydney paris hilton
        english spanish french italian german american british indian muslim hindu christian the and for but with from help please pray love thank thanks
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Except(["charlotte", "sydney", "paris", "washington", "jordan", "victoria", "christchurch"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words before a place: "in", "near", "at".</summary>
    private static readonly FrozenSet<string> Leading =
        "in at near from to around across outside inside towards toward hits hit strikes struck en a de desde cerca hacia dans à près vers nel nella a di da em no na em sa في من إلى الى قرب ب".Split(' ').Select(GazetteerName.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words after a person's or a thing's first word, which then is no place: "Jackson said", "Washington Post".</summary>
    private static readonly FrozenSet<string> ThingAfter =
        "post times herald said says tweeted university fc united news police department bank foundation institute church".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] TagEndings =
    [
        "earthquakes", "earthquake", "floodrelief", "floods", "flooding", "flooded", "flood", "quake", "wildfires", "wildfire", "bushfires", "bushfire", "fires", "fire", "storms", "storm", "cyclone",
        "hurricane", "typhoon", "tornado", "rains", "rain", "landslides", "landslide", "eruption", "relief", "strong", "explosion", "blast", "terremoto", "inundaciones", "sos", "rescue", "help", "wx",
    ];

    /// <summary>
    /// Countries by folded name. A country is no point on the map; naming it tells which of the namesakes is meant. "Georgia" and
    /// such are left to the gazetteer.
    /// </summary>
    private static readonly FrozenDictionary<string, Country> Countries = ReadLines("country-names.tsv").Select(line => line.Split('\t'))
        .SelectMany(cells => cells[1].Split('|').Select(name => (Name: GazetteerName.Fold(name), Country: ToCountry(cells))))
        .DistinctBy(pair => pair.Name).ToFrozenDictionary(pair => pair.Name, pair => pair.Country, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Country>.AlternateLookup<ReadOnlySpan<char>> CountryBySpan = Countries.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonBySpan = Common.Union(NeverAlone).Select(GazetteerName.Fold).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LeadingBySpan = Leading.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ThingAfterBySpan = ThingAfter.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All names of countries, folded.</summary>
    internal static IEnumerable<string> CountryNames => Countries.Keys;

    /// <summary>The country of that name (folded), or null.</summary>
    internal static Country? Country(ReadOnlySpan<char> folded) => CountryBySpan.TryGetValue(folded, out var country) ? country : null;

    private static Country ToCountry(string[] cells) => new(
        cells[0], cells[1].Split('|')[0], double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture));

    internal static bool IsCommon(ReadOnlySpan<char> folded) => CommonBySpan.Contains(folded);

    internal static bool Leads(ReadOnlySpan<char> folded) => LeadingBySpan.Contains(folded);

    internal static bool MakesThing(ReadOnlySpan<char> folded) => ThingAfterBySpan.Contains(folded);

    /// <summary><c>keralafloods</c> → <c>kerala</c>; empty when it has no known ending or too little is left.</summary>
    internal static ReadOnlySpan<char> WithoutTagEnding(ReadOnlySpan<char> folded)
    {
        foreach (var ending in TagEndings)
        {
            if (folded.Length >= ending.Length + 4 && folded.EndsWith(ending, StringComparison.Ordinal))
            {
                return folded[..^ending.Length];
            }
        }

        return default;
    }

    /// <summary>And, in, to, so, as written together with the word in Arabic; empty when the word has no such letter.</summary>
    internal static ReadOnlySpan<char> WithoutArabicPrefix(ReadOnlySpan<char> folded) => folded.Length >= 5 && folded[0] is 'و' or 'ب' or 'ل' or 'ف' or 'ك' ? folded[1..] : default;

    private static string[] ReadLines(string resource)
    {
        using var stream = typeof(PlaceNames).Assembly.GetManifestResourceStream($"Resilience.Reports.Locating.{resource}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>A country as posts name it: the middle of its largest land and how far it reaches from there (1.25 times the radius of a circle of its size).</summary>
internal sealed record Country(string Code, string Name, double Longitude, double Latitude, double RadiusKm)
{
    /// <summary>The code as one number.</summary>
    internal ushort Number { get; } = NumberOf(Code);

    internal static ushort NumberOf(string code) => code.Length == 2 ? (ushort)((char.ToUpperInvariant(code[0]) << 8) | char.ToUpperInvariant(code[1])) : (ushort)0;
}
