using System.Collections.Frozen;

namespace Resilience.Reports.Locating;

/// <summary>Words that are a place's name somewhere and a plain word nearly everywhere, and words that show a place is meant.</summary>
internal static class PlaceNames
{
    /// <summary>Written in lower case in our training posts at least half as often as capitalised: "of", "bath", "nice"; in Arabic, which has no capitals, frequent words of several events. Such a word alone is never a place.</summary>
    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <summary>Capitalised plain words and organisations that the lower-case count cannot catch.</summary>
    private static readonly FrozenSet<string> NeverAlone =
        """
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
        "in at near from to around across outside inside towards toward hits hit strikes struck en a de desde cerca hacia dans à près vers nel nella a di da em no na em sa في من إلى الى قرب ب".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words after a person's or a thing's first word, which then is no place: "Jackson said", "Washington Post".</summary>
    private static readonly FrozenSet<string> ThingAfter =
        "post times herald said says tweeted university fc united news police department bank foundation institute church".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] TagEndings =
    [
        "earthquakes", "earthquake", "floodrelief", "floods", "flooding", "flooded", "flood", "quake", "wildfires", "wildfire", "bushfires", "bushfire", "fires", "fire", "storms", "storm", "cyclone",
        "hurricane", "typhoon", "tornado", "rains", "rain", "landslides", "landslide", "eruption", "relief", "strong", "explosion", "blast", "terremoto", "inundaciones", "sos", "rescue", "help", "wx",
    ];

    internal static bool IsCommon(string folded) => Common.Contains(folded) || NeverAlone.Contains(folded);

    internal static bool Leads(string word) => Leading.Contains(word.ToLowerInvariant());

    internal static bool MakesThing(string word) => ThingAfter.Contains(word.ToLowerInvariant());

    /// <summary><c>keralafloods</c> → <c>kerala</c>; null when it has no known ending or too little is left.</summary>
    internal static string? WithoutTagEnding(string tag)
    {
        foreach (var ending in TagEndings)
        {
            if (tag.Length >= ending.Length + 4 && tag.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return tag[..^ending.Length];
            }
        }

        return null;
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PlaceNames).Assembly.GetManifestResourceStream("Resilience.Reports.Locating.common-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
