using System.Collections.Immutable;
using Resilience.Core;
using Resilience.Core.Quantities;
using Resilience.Hazards.Weather;

namespace Resilience.Hazards.Assessing;

/// <summary>What the rule of heat and cold is tuned by.</summary>
/// <param name="AirUnit">Unit of the air temperature.</param>
public sealed record FeltParameters(string AirUnit)
{
    /// <summary>So long must readings show less before a level ends.</summary>
    /// <value>3 hours.</value>
    public static TimeSpan Hold { get; } = TimeSpan.FromHours(3);

    /// <summary>Humidity and wind count for an air temperature at most this far from them.</summary>
    /// <value>1 hour.</value>
    public static TimeSpan Beside { get; } = TimeSpan.FromHours(1);
}

/// <summary>What was felt at one reading of the air's temperature.</summary>
/// <param name="Celsius">The air, °C.</param>
/// <param name="Humidity">Relative humidity in %, if observed within the hour.</param>
/// <param name="Wind">Mean wind in m/s, if observed within the hour.</param>
/// <param name="Heat">The heat index.</param>
/// <param name="Cold">The wind chill.</param>
public sealed record Felt(double Celsius, double? Humidity, double? Wind, FeltTemperature Heat, FeltTemperature Cold)
{
    /// <summary>
    /// What it feels like, or at least feels like, in °C: of warm air by humidity, of cold air by wind (in whole degrees, as its classes are); null where
    /// no formula holds.
    /// </summary>
    public double? Value(bool cold) => cold ? Cold.Value is { } chill ? Math.Round(chill) : Cold.AtLeast : Heat.Value ?? Heat.AtLeast;
}

/// <summary>Heat index and wind chill against the classes of those who publish them. Pure.</summary>
public static class FeltRule
{
    /// <summary>The rule's name in assessments.</summary>
    public const string Name = "felt-temperature";

    /// <summary>The rule's version in assessments.</summary>
    public const string Version = "2";

    /// <summary>What the rule does, for people who check it.</summary>
    public const string Text =
        "From air temperature with humidity (heat index, from 26.7 to 43.3 °C) or wind (wind chill, from 10 to −50 °C), observed within an hour of each other, follows what a body feels. "
        + "A level begins when two trustworthy readings in a row reach its class and ends when three hours of readings have stayed below it; silence keeps it. "
        + "Outside the formulas' ranges nothing is reckoned: beyond their ends what is felt at the end counts as a lower bound, and cold air without a known wind counts as it is. "
        + "Without humidity heat cannot be judged, and that is said.";

    private const string HeatSource = "Stands in because none is set here: classes of the heat index, US National Weather Service";
    private const string ColdSource = "Stands in because none is set here: wind chill hazards (time to frostbite), Environment Canada";

    /// <summary>Where the classes begin, °C. What people bear depends on what they are used to: all are marked assumed.</summary>
    public static IReadOnlyList<StageThreshold> Classes { get; } =
    [
        Of(HazardKind.ExtremeHeat, HazardLevel.Action, (90 - 32) / 1.8, "extreme caution", HeatSource),
        Of(HazardKind.ExtremeHeat, HazardLevel.Moderate, (103 - 32) / 1.8, "danger", HeatSource),
        Of(HazardKind.ExtremeHeat, HazardLevel.Major, (125 - 32) / 1.8, "extreme danger", HeatSource),
        Of(HazardKind.ExtremeCold, HazardLevel.Action, -28, "frostbite within 30 minutes", ColdSource),
        Of(HazardKind.ExtremeCold, HazardLevel.Minor, -40, "frostbite within 10 minutes", ColdSource),
        Of(HazardKind.ExtremeCold, HazardLevel.Moderate, -48, "frostbite within 5 minutes", ColdSource),
        Of(HazardKind.ExtremeCold, HazardLevel.Major, -55, "frostbite within 2 minutes", ColdSource),
    ];

    /// <summary>What was felt at one of the readings.</summary>
    internal static Felt At(FeltMemory memory, int index, FeltParameters parameters)
    {
        var reading = memory.Air[index];
        var celsius = Units.TryToCanonical(reading.Value, parameters.AirUnit, out var converted, out var unit) && unit == "°C" ? Math.Round(converted, 3) : double.NaN;
        var (humidity, wind) = (Nearest(memory.Humidity, reading.Time), Nearest(memory.Wind, reading.Time));
        return new Felt(celsius, humidity, wind, HeatIndex.Of(celsius, humidity), WindChill.Of(celsius, wind));
    }

    /// <summary>The highest class of heat, or of cold, that is reached; None when no formula holds.</summary>
    internal static HazardLevel LevelOf(Felt felt, bool cold, Setting setting) => felt.Value(cold) is not { } value ? HazardLevel.None : setting.Thresholds
        .Where(one => one.Kind == (cold ? HazardKind.ExtremeCold : HazardKind.ExtremeHeat) && (cold ? value <= one.Value + 1e-9 : value >= one.Value - 1e-9))
        .Select(one => one.Level).DefaultIfEmpty().Max();

    private static double? Nearest(ImmutableArray<Reading> readings, DateTimeOffset time)
    {
        var beside = readings.Where(one => one.Trust == Trust.Trusted && (one.Time - time).Duration() <= FeltParameters.Beside);
        return beside.Any() ? beside.MinBy(one => ((one.Time - time).Duration(), one.Time)).Value : null;
    }

    private static StageThreshold Of(HazardKind kind, HazardLevel level, double celsius, string label, string source) => new(level, Math.Round(celsius, 1), "°C", label, source, Assumed: true, Kind: kind);
}
