namespace Resilience.Hazards.Weather;

/// <summary>What temperature a body feels, or why that cannot be said.</summary>
/// <param name="Value">°C; null where the formula does not hold.</param>
/// <param name="Reason">Why there is no value; null when there is one.</param>
/// <param name="AtLeast">What is certain even so: the index at the edge of the formula's range, °C; null when nothing is.</param>
public readonly record struct FeltTemperature(double? Value, string? Reason, double? AtLeast = null);

/// <summary>
/// The heat index of the US National Weather Service: Rothfusz's regression (Technical Attachment SR 90-23, 1990) of Steadman's table (1979) with
/// both adjustments, as on wpc.ncep.noaa.gov/html/heatindex_equation.shtml. In the shade; in full sun it may feel up to 8 °C hotter.
/// </summary>
/// <remarks>
/// The service says that the regression "is not valid for extreme temperature and relative humidity conditions beyond the range of data considered by
/// Steadman" and gives no figures. Taken here: 80 to 110 °F (26.7 to 43.3 °C), the span of its chart, and no index above 137 °F (58.3 °C), the chart's
/// highest.
/// </remarks>
public static class HeatIndex
{
    /// <summary>Below this temperature heat does no harm and the regression does not hold.</summary>
    /// <value>80 °F in °C.</value>
    public const double Coolest = (80 - 32) / 1.8;

    /// <summary>Above this temperature the chart ends.</summary>
    /// <value>110 °F in °C.</value>
    public const double Hottest = (110 - 32) / 1.8;

    /// <summary>No index above this is in the chart.</summary>
    /// <value>137 °F in °C.</value>
    public const double Highest = (137 - 32) / 1.8;

    /// <summary>The heat index.</summary>
    /// <param name="celsius">Air temperature.</param>
    /// <param name="humidity">Relative humidity in %; null when it was not observed within the hour.</param>
    public static FeltTemperature Of(double celsius, double? humidity)
    {
        if (!double.IsFinite(celsius) || humidity is null)
        {
            return new(null, "no humidity was observed within the hour");
        }

        if (humidity is not (>= 0 and <= 100))
        {
            return new(null, "the humidity is outside 0 to 100 %");
        }

        if (celsius < Coolest)
        {
            return new(null, "below 26.7 °C no heat index is defined");
        }

        if (celsius > Hottest)
        {
            return new(null, "above 43.3 °C the heat index is not defined", Math.Min(Highest, Regression(Hottest, humidity.Value)));
        }

        var index = Regression(celsius, humidity.Value);
        return index > Highest ? new(null, "it is hotter than the heat index is defined for", Highest) : new(index, null);
    }

    private static double Regression(double celsius, double rh)
    {
        var t = (celsius * 1.8) + 32;
        var simple = 0.5 * (t + 61 + ((t - 68) * 1.2) + (rh * 0.094));
        if ((simple + t) / 2 < 80)
        {
            return ((simple + t) / 2 - 32) / 1.8;
        }

        var hi = -42.379 + (2.04901523 * t) + (10.14333127 * rh) - (0.22475541 * t * rh) - (0.00683783 * t * t) - (0.05481717 * rh * rh)
            + (0.00122874 * t * t * rh) + (0.00085282 * t * rh * rh) - (0.00000199 * t * t * rh * rh);
        hi -= rh < 13 && t is >= 80 and <= 112 ? (13 - rh) / 4 * Math.Sqrt((17 - Math.Abs(t - 95)) / 17) : 0;
        hi += rh > 85 && t is >= 80 and <= 87 ? (rh - 85) / 10 * ((87 - t) / 5) : 0;
        return (hi - 32) / 1.8;
    }
}
