using System.Collections.Frozen;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// What is observed, by the names general formats give it, and units in one spelling. A name counts only together with a unit that
/// fits: what is not surely a stage, a discharge or a rainfall is <see cref="ObservedProperty.Other"/>, stored and shown but not judged.
/// </summary>
internal static class QuantityNames
{
    // Compared by their letters alone, so GaugeHeight, gauge_height and "Gauge height" are one.
    private static readonly FrozenDictionary<string, ObservedProperty> Names = new (ObservedProperty Property, string Words)[]
    {
        (ObservedProperty.Stage, "stage, river stage, water level, river level, river water level, gauge height, gage height, water height, wasserstand, pegel, pegelstand, hauteur d'eau, niveau d'eau, nivel de agua, nivel del agua, nivel del río, nível da água, livello idrometrico, waterstand, waterhoogte, vattenstånd, vannstand, vandstand, stan wody, poziom wody, vodní stav"),
        (ObservedProperty.Discharge, "discharge, river discharge, water discharge, streamflow, stream flow, river flow, abfluss, durchfluss, débit, caudal, portata, afvoer, vazão, vattenföring, vannføring, vandføring, przepływ, průtok"),
        (ObservedProperty.Rainfall, "rain, rainfall, rainfall amount, rainfall depth, precipitation, precipitation amount, niederschlag, niederschlagsmenge, regen, pluie, précipitation, précipitations, lluvia, precipitación, chuva, precipitação, pioggia, precipitazione, neerslag, nederbörd, nedbør, opad, srážky"),
        (ObservedProperty.LakeLevel, "lake level, lake water level, lake stage, reservoir level, reservoir water level, seespiegel, seepegel, niveau du lac, nivel del embalse, nivel del lago"),
    }
    .SelectMany(entry => entry.Words.Split(", ").Select(word => KeyValuePair.Create(Letters(word), entry.Property))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spellings = new[]
    {
        ("m", "m, metre, metres, meter, meters"), ("cm", "cm, centimetre, centimetres, centimeter"), ("mm", "mm, millimetre, millimetres, millimeter, millimeters"),
        ("ft", "ft, feet, foot, [ft_i]"), ("in", "in, inch, inches, [in_i]"), ("degC", "degC, °C, Cel, deg C, degree Celsius, degrees Celsius, C"),
        ("m3/s", "m3/s, m³/s, m^3/s, m3.s-1, m3 s-1, m**3/s, cumec, cumecs, m3s-1"), ("ft3/s", "ft3/s, ft^3/s, ft³/s, cfs, [cft_i]/s"), ("l/s", "l/s, L/s"),
    }
    .SelectMany(entry => entry.Item2.Split(", ").Select(word => KeyValuePair.Create(word, entry.Item1))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>One spelling for one unit; an unknown one stays as it is, an absent one is <c>---</c>.</summary>
    internal static string Unit(string? unit) => string.IsNullOrWhiteSpace(unit) ? "---" : Spellings.GetValueOrDefault(unit.Trim(), unit.Trim());

    /// <summary>The property that the first telling name means, when the unit agrees.</summary>
    /// <param name="names">Names and definitions, most telling first; of a URL the last part counts, of <c>Gage height, ft</c> what stands before the comma.</param>
    /// <param name="unit">As <see cref="Unit"/> gives it.</param>
    internal static ObservedProperty Property(IEnumerable<string?> names, string unit)
    {
        foreach (var name in names)
        {
            if (name is { Length: > 0 and < 200 } && Names.TryGetValue(Letters(Telling(name)), out var property) && Fits(property, unit))
            {
                return property;
            }
        }

        return ObservedProperty.Other;
    }

    private static bool Fits(ObservedProperty property, string unit) => property switch
    {
        ObservedProperty.Stage or ObservedProperty.LakeLevel => unit is "m" or "cm" or "ft" or "mAOD" or "mASD" or "mBDAT",
        ObservedProperty.Discharge => unit is "m3/s" or "ft3/s" or "l/s",
        ObservedProperty.Rainfall => unit is "mm" or "in",
        _ => true,
    };

    private static string Telling(string name)
    {
        var last = name.Contains("://", StringComparison.Ordinal) || name.StartsWith("urn:", StringComparison.Ordinal) ? name[(name.TrimEnd('/').LastIndexOfAny(['/', '#', ':', '=']) + 1)..] : name;
        return last.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma ? last[..comma] : last;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();
}
