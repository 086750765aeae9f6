namespace Resilience.Core.Quantities;

/// <summary>
/// Units in which feeds publish, and their exact factors to SI. A raw value is stored in its source's unit and never altered;
/// whoever reasons across sources converts here.
/// </summary>
public static class Units
{
    /// <summary>Metres in an international foot (exact).</summary>
    public const double MetresPerFoot = 0.3048;

    /// <summary>
    /// Converts to the SI-like unit the chain reasons in: m for lengths, m³/s for discharge, mm for rain depth, °C for temperature.
    /// Returns false for a unit it does not know: the caller must say so, never guess.
    /// </summary>
    /// <param name="value">The raw value.</param>
    /// <param name="unit">As published: <c>m</c>, <c>mASD</c>, <c>mAOD</c>, <c>ft</c>, <c>ft3/s</c>, <c>m3/s</c>, <c>in</c>, <c>mm</c>, <c>cm</c>…</param>
    /// <param name="converted">The value in <paramref name="canonicalUnit"/>.</param>
    /// <param name="canonicalUnit">One of <c>m</c>, <c>m³/s</c>, <c>mm</c>, <c>°C</c>.</param>
    public static bool TryToCanonical(double value, string unit, out double converted, out string canonicalUnit)
    {
        (var known, converted, canonicalUnit) = unit switch
        {
            "m" or "mASD" or "mAOD" or "mBDAT" => (true, value, "m"),
            "cm" => (true, value / 100, "m"),
            "ft" => (true, value * MetresPerFoot, "m"),
            "ft3/s" or "ft^3/s" => (true, value * MetresPerFoot * MetresPerFoot * MetresPerFoot, "m³/s"),
            "m3/s" or "m³/s" => (true, value, "m³/s"),
            "in" => (true, value * 25.4, "mm"),
            "mm" => (true, value, "mm"),
            "degC" or "°C" => (true, value, "°C"),
            _ => (false, double.NaN, ""),
        };
        return known;
    }
}
