namespace Resilience.Core.Quantities;

/// <summary>
/// Units in which feeds publish, and their exact factors to SI. A raw value is stored in its source's unit and never altered;
/// whoever reasons across sources converts here.
/// </summary>
public static class Units
{
    /// <summary>Metres in an international foot (exact).</summary>
    public const double MetresPerFoot = 0.3048;

    /// <summary>Metres in an international nautical mile (exact).</summary>
    public const double MetresPerNauticalMile = 1852;

    /// <summary>
    /// Converts to the SI-like unit the chain reasons in: m for lengths, m³/s for discharge, mm for rain depth, °C for temperature, % for
    /// humidity, m/s for wind, hPa for pressure. Returns false for a unit it does not know: the caller must say so, never guess.
    /// </summary>
    /// <remarks>Fahrenheit and kelvin have another zero: a converted 1 is no factor for them. Who needs a factor asks <see cref="TryFactor"/>.</remarks>
    /// <param name="value">The raw value.</param>
    /// <param name="unit">As published: <c>m</c>, <c>mASD</c>, <c>mAOD</c>, <c>ft</c>, <c>ft3/s</c>, <c>m3/s</c>, <c>in</c>, <c>mm</c>, <c>cm</c>, <c>degF</c>, <c>kn</c>…</param>
    /// <param name="converted">The value in <paramref name="canonicalUnit"/>.</param>
    /// <param name="canonicalUnit">One of <c>m</c>, <c>m³/s</c>, <c>mm</c>, <c>°C</c>, <c>%</c>, <c>m/s</c>, <c>hPa</c>, <c>°</c>.</param>
    public static bool TryToCanonical(double value, string unit, out double converted, out string canonicalUnit)
    {
        (var known, converted, canonicalUnit) = unit switch
        {
            "m" or "mASD" or "mAOD" or "mBDAT" => (true, value, "m"),
            "cm" => (true, value / 100, "m"),
            "ft" => (true, value * MetresPerFoot, "m"),
            "ft3/s" or "ft^3/s" => (true, value * MetresPerFoot * MetresPerFoot * MetresPerFoot, "m³/s"),
            "m3/s" or "m³/s" => (true, value, "m³/s"),
            "l/s" => (true, value / 1000, "m³/s"),
            "in" => (true, value * 25.4, "mm"),
            "mm" => (true, value, "mm"),
            "degC" or "°C" => (true, value, "°C"),
            "degF" or "°F" => (true, (value - 32) / 1.8, "°C"),
            "K" => (true, value - 273.15, "°C"),
            "%" => (true, value, "%"),
            "m/s" => (true, value, "m/s"),
            "km/h" => (true, value / 3.6, "m/s"),
            "kn" => (true, value * MetresPerNauticalMile / 3600, "m/s"),
            "mph" => (true, value * 5280 * MetresPerFoot / 3600, "m/s"),
            "hPa" => (true, value, "hPa"),
            "Pa" => (true, value / 100, "hPa"),
            "kPa" => (true, value * 10, "hPa"),
            "deg" or "°" => (true, value, "°"),
            _ => (false, double.NaN, ""),
        };
        return known;
    }

    /// <summary>How many canonical units one of this unit is; false for an unknown unit and for one with another zero (°F, K).</summary>
    public static bool TryFactor(string unit, out double factor, out string canonicalUnit)
    {
        var known = TryToCanonical(1, unit, out factor, out canonicalUnit) && unit is not ("degF" or "°F" or "K");
        factor = known ? factor : double.NaN;
        return known;
    }
}
