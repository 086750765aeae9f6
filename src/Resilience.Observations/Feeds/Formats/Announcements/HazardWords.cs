using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>
/// What other authorities' events are in our words: the OASIS event terms and the names of the US Weather Service by their words, MeteoAlarm's
/// <c>awareness_type</c> and GDACS's types by their codes. What fits none is Other; its own words stand beside it.
/// </summary>
internal static class HazardWords
{
    // In order: the first phrase found in the event's name decides. A "flash flood" is a flood, a "glacial lake outburst flood" is not a river's.
    private static readonly (string Phrase, HazardKind Kind)[] Phrases =
    [
        ("glacial lake", HazardKind.GlacialLakeOutburst), ("glof", HazardKind.GlacialLakeOutburst), ("outburst", HazardKind.GlacialLakeOutburst),
        ("tsunami", HazardKind.Other), ("coastal flood", HazardKind.Storm), ("lakeshore flood", HazardKind.Storm), ("storm surge", HazardKind.Storm),
        ("flood", HazardKind.RiverFlood), ("high water", HazardKind.RiverFlood), ("hydrologic", HazardKind.RiverFlood), ("inundation", HazardKind.RiverFlood), ("dam failure", HazardKind.RiverFlood), ("dam break", HazardKind.RiverFlood),
        ("landslide", HazardKind.Landslide), ("mudslide", HazardKind.Landslide), ("debris flow", HazardKind.Landslide), ("mud slide", HazardKind.Landslide), ("rockfall", HazardKind.Landslide),
        ("earthquake", HazardKind.Earthquake), ("seismic", HazardKind.Earthquake),
        ("volcan", HazardKind.Other), ("avalanche", HazardKind.Other), ("drought", HazardKind.Other), ("air quality", HazardKind.Other), ("fog", HazardKind.Other), ("dust", HazardKind.Other), ("rip current", HazardKind.Other), ("freezing fog", HazardKind.Other),
        ("fire weather", HazardKind.Wildfire), ("red flag", HazardKind.Wildfire), ("wildfire", HazardKind.Wildfire), ("wild fire", HazardKind.Wildfire), ("forest fire", HazardKind.Wildfire), ("bush fire", HazardKind.Wildfire), ("bushfire", HazardKind.Wildfire), ("grass fire", HazardKind.Wildfire), ("extreme fire", HazardKind.Wildfire),
        ("freezing rain", HazardKind.Storm), ("rainstorm", HazardKind.HeavyRain), ("heavy rain", HazardKind.HeavyRain), ("rain", HazardKind.HeavyRain), ("cloudburst", HazardKind.HeavyRain), ("precipitation", HazardKind.HeavyRain),
        ("wind chill", HazardKind.ExtremeCold), ("extreme cold", HazardKind.ExtremeCold), ("cold", HazardKind.ExtremeCold), ("freeze", HazardKind.ExtremeCold), ("frost", HazardKind.ExtremeCold), ("low temperature", HazardKind.ExtremeCold),
        ("heat", HazardKind.ExtremeHeat), ("hot ", HazardKind.ExtremeHeat), ("high temperature", HazardKind.ExtremeHeat),
        ("storm", HazardKind.Storm), ("hurricane", HazardKind.Storm), ("typhoon", HazardKind.Storm), ("cyclone", HazardKind.Storm), ("tornado", HazardKind.Storm), ("wind", HazardKind.Storm), ("gale", HazardKind.Storm), ("blizzard", HazardKind.Storm), ("squall", HazardKind.Storm), ("hail", HazardKind.Storm), ("snow", HazardKind.Storm), ("winter weather", HazardKind.Storm), ("tropical", HazardKind.Storm), ("surf", HazardKind.Storm), ("waterspout", HazardKind.Storm),
    ];

    /// <summary>The kind of a CAP info: by MeteoAlarm's code where there is one (it speaks no language), else by its words.</summary>
    internal static HazardKind KindOf(CapInfo info) =>
        info.Parameters.FirstOrDefault(parameter => parameter.ValueName.Equals("awareness_type", StringComparison.OrdinalIgnoreCase)) is { } type && OfAwareness(type.Value) is { } kind
            ? kind
            : OfWords(info.Event) ?? info.EventCodes.Select(code => OfWords(code.Value)).FirstOrDefault(found => found is not null) ?? OfWords(info.Headline ?? "") ?? HazardKind.Other;

    /// <summary>The kind that words name; null when none of ours.</summary>
    internal static HazardKind? OfWords(string words)
    {
        var folded = GazetteerName.Fold(words.Length > 200 ? words[..200] : words) + " ";
        foreach (var (phrase, kind) in Phrases)
        {
            if (folded.Contains(phrase, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The kind of a GDACS event type.</summary>
    internal static HazardKind OfGdacs(string type) => type switch
    {
        "EQ" => HazardKind.Earthquake,
        "TC" => HazardKind.Storm,
        "FL" => HazardKind.RiverFlood,
        "WF" => HazardKind.Wildfire,
        _ => HazardKind.Other,
    };

    // "3; Thunderstorm": the number is fixed, the word is not.
    private static HazardKind? OfAwareness(string value) => value.Split(';')[0].Trim() switch
    {
        "1" or "2" or "3" or "7" => HazardKind.Storm,
        "5" => HazardKind.ExtremeHeat,
        "6" => HazardKind.ExtremeCold,
        "8" => HazardKind.Wildfire,
        "10" => HazardKind.HeavyRain,
        "12" or "13" => HazardKind.RiverFlood,
        "4" or "9" => HazardKind.Other,
        _ => null,
    };
}
