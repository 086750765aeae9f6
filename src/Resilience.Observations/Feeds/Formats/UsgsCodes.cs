namespace Resilience.Observations.Feeds.Formats;

/// <summary>What both USGS formats share: parameter codes, marks, missing values.</summary>
internal static class UsgsCodes
{
    // Approved, Provisional and their spelled-out forms say how far review has come, not that the value is doubtful.
    private static readonly string[] ReviewMarks = ["A", "P", "R", "APPROVED", "PROVISIONAL", "REVISED"];

    /// <summary>What a USGS parameter code observes.</summary>
    internal static ObservedProperty Property(string parameterCode) => parameterCode switch
    {
        // Gage height only. 63160 is the same water as an elevation above NAVD 88: held against a flood stage it would always flood.
        "00065" => ObservedProperty.Stage,
        "00060" => ObservedProperty.Discharge,
        "00045" => ObservedProperty.Rainfall,
        "62614" or "62615" or "00062" or "72275" => ObservedProperty.LakeLevel, // above NGVD 29, NAVD 88, a local datum
        "00020" or "00021" => ObservedProperty.AirTemperature, // °C, °F
        "00052" => ObservedProperty.RelativeHumidity,
        "00035" => ObservedProperty.WindSpeed,
        "00036" => ObservedProperty.WindDirection,
        "61728" => ObservedProperty.WindGust,
        _ => ObservedProperty.Other,
    };

    /// <summary>True when the source itself doubts the value: ice, equipment, estimated, backwater… anything but a review mark.</summary>
    internal static bool Doubted(IEnumerable<string> marks) => marks.Any(mark => !ReviewMarks.Contains(mark, StringComparer.OrdinalIgnoreCase));

    /// <summary>-999999 everywhere, -999 here and there. A negative stage is real at tidal gauges, so the sign says nothing.</summary>
    internal static bool IsMissing(double value, double? noDataValue) => value == noDataValue || value is -999_999 or -999;

    /// <summary>One spelling for one unit: both services mean the same discharge.</summary>
    internal static string Unit(string? unit) => unit switch { null => "---", "ft^3/s" => "ft3/s", "deg C" => "degC", "deg F" => "degF", "Deg" => "deg", _ => unit };

    /// <summary>The river in "PEARL RIVER NEAR BOGALUSA, LA": what stands before near, at, above, below; null when nothing does.</summary>
    internal static string? River(string name)
    {
        foreach (var word in new[] { " NEAR ", " NR ", " AT ", " ABOVE ", " ABV ", " BELOW ", " BLW " })
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) is > 0 and var at)
            {
                return name[..at];
            }
        }

        return null;
    }
}
