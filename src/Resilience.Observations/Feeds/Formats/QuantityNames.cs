using System.Collections.Frozen;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// What is observed, by the names general formats give it, and units in one spelling. A name counts only together with a unit that
/// fits: what is not surely one of the known properties is <see cref="ObservedProperty.Other"/>, stored and shown but not judged.
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
        (ObservedProperty.AirTemperature, "air temperature, temperature of the air, outdoor temperature, dry bulb temperature, temperature 2m, 2m temperature, lufttemperatur, température de l'air, temperatura del aire, temperatura do ar, temperatura dell'aria, luchttemperatuur, temperatura powietrza, teplota vzduchu"),
        (ObservedProperty.RelativeHumidity, "relative humidity, air humidity, humidity, relative luftfeuchte, relative luftfeuchtigkeit, luftfeuchtigkeit, luftfeuchte, humidité relative, humidité, humedad relativa, humidade relativa, umidade relativa, umidità relativa, relatieve vochtigheid, luchtvochtigheid, relativ luftfuktighet, luftfuktighet, relativ luftfugtighed, wilgotność względna, relativní vlhkost"),
        (ObservedProperty.WindSpeed, "wind speed, mean wind speed, average wind speed, windgeschwindigkeit, vitesse du vent, velocidad del viento, velocidade do vento, velocità del vento, windsnelheid, vindhastighet, vindstyrke, prędkość wiatru, rychlost větru"),
        (ObservedProperty.WindGust, "wind gust, wind gust speed, gust, gust speed, windböe, böe, rafale, rafale de vent, ráfaga, racha, raffica, windstoot, vindby, vindkast"),
        (ObservedProperty.WindDirection, "wind direction, wind from direction, windrichtung, direction du vent, dirección del viento, direção do vento, direzione del vento, vindriktning, vindretning"),
        (ObservedProperty.SeaLevelPressure, "sea level pressure, mean sea level pressure, pressure reduced to mean sea level, luftdruck auf meereshöhe, pression au niveau de la mer, presión al nivel del mar"),
    }
    .SelectMany(entry => entry.Words.Split(", ").Select(word => KeyValuePair.Create(Letters(word), entry.Property))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spellings = new[]
    {
        ("m", "m, metre, metres, meter, meters"), ("cm", "cm, centimetre, centimetres, centimeter"), ("mm", "mm, millimetre, millimetres, millimeter, millimeters"),
        ("ft", "ft, feet, foot, [ft_i]"), ("in", "in, inch, inches, [in_i]"), ("degC", "degC, °C, Cel, deg C, degree Celsius, degrees Celsius, C"), ("degF", "degF, °F, deg F, degree Fahrenheit, degrees Fahrenheit, F, [degF]"), ("K", "K, kelvin, Kelvin"),
        ("m3/s", "m3/s, m³/s, m^3/s, m3.s-1, m3 s-1, m**3/s, cumec, cumecs, m3s-1"), ("ft3/s", "ft3/s, ft^3/s, ft³/s, cfs, [cft_i]/s"), ("l/s", "l/s, L/s"),
        ("%", "%, percent, per cent, %RH, % RH"), ("m/s", "m/s, m s-1, m.s-1, metre per second, metres per second, meters per second"), ("km/h", "km/h, km h-1, km/hr, kph, kmh"), ("kn", "kn, kt, kts, knot, knots, [kn_i]"),
        ("mph", "mph, mi/h, [mi_i]/h"), ("hPa", "hPa, mbar, mb, hectopascal"), ("Pa", "Pa, pascal"), ("kPa", "kPa"), ("deg", "deg, °, degree, degrees, degrees true, degree true"),
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
        ObservedProperty.AirTemperature => unit is "degC" or "degF" or "K",
        ObservedProperty.RelativeHumidity => unit is "%",
        ObservedProperty.WindSpeed or ObservedProperty.WindGust => unit is "m/s" or "km/h" or "kn" or "mph",
        ObservedProperty.WindDirection => unit is "deg",
        ObservedProperty.SeaLevelPressure => unit is "hPa" or "Pa" or "kPa",
        _ => true,
    };

    private static string Telling(string name)
    {
        var last = name.Contains("://", StringComparison.Ordinal) || name.StartsWith("urn:", StringComparison.Ordinal) ? name[(name.TrimEnd('/').LastIndexOfAny(['/', '#', ':', '=']) + 1)..] : name;
        return last.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma ? last[..comma] : last;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();
}
