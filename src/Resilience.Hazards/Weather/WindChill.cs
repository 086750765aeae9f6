namespace Resilience.Hazards.Weather;

/// <summary>
/// Wind chill of the Joint Action Group for Temperature Indices (JAG/TI 2001), used by the US National Weather Service and Environment Canada:
/// 13.12 + 0.6215 T − 11.37 V^0.16 + 0.3965 T V^0.16, T in °C and V in km/h at 10 m. For a face, walking, without sun.
/// </summary>
/// <remarks>
/// Defined at or below 10 °C (50 °F) and above 4.8 km/h (3 mph). In calmer air the temperature itself is felt. The charts end at −50 °C and at
/// 97 km/h (60 mph): beyond, the chill at the edge is given as what is certain at least.
/// </remarks>
public static class WindChill
{
    /// <summary>Above this temperature no wind chill is defined, °C.</summary>
    public const double Warmest = 10;

    /// <summary>Below this temperature the charts end, °C.</summary>
    public const double Coldest = -50;

    /// <summary>Up to this wind the air counts as calm, km/h.</summary>
    public const double Calm = 4.8;

    /// <summary>Above this wind the charts end, km/h.</summary>
    public const double Strongest = 97;

    /// <summary>The wind chill.</summary>
    /// <param name="celsius">Air temperature.</param>
    /// <param name="metresPerSecond">Mean wind at 10 m; null when it was not observed within the hour.</param>
    public static FeltTemperature Of(double celsius, double? metresPerSecond)
    {
        if (!double.IsFinite(celsius) || celsius > Warmest)
        {
            return new(null, "above 10 °C no wind chill is defined");
        }

        if (metresPerSecond is not (>= 0 and <= 150) || metresPerSecond is not { } wind)
        {
            // Wind only ever makes it colder: the air itself is certain.
            return new(null, metresPerSecond is null ? "no wind was observed within the hour" : "the wind is not plausible", celsius);
        }

        var speed = wind * 3.6;
        if (speed <= Calm)
        {
            return celsius < Coldest ? new(null, "below −50 °C no wind chill is defined", celsius) : new(celsius, null);
        }

        if (celsius < Coldest || speed > Strongest)
        {
            return new(
                null, celsius < Coldest ? "below −50 °C no wind chill is defined" : "above 97 km/h no wind chill is defined",
                Math.Min(celsius, Formula(Math.Max(celsius, Coldest), Math.Min(speed, Strongest))));
        }

        return new(Math.Min(celsius, Formula(celsius, speed)), null);
    }

    private static double Formula(double t, double v) => 13.12 + (0.6215 * t) - (11.37 * Math.Pow(v, 0.16)) + (0.3965 * t * Math.Pow(v, 0.16));
}
