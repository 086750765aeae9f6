using System.Security.Cryptography;
using System.Text.Json;
using Resilience.Core.Quantities;

namespace Resilience.Observations.Quality;

/// <summary>Limits of one property, in the canonical unit (m, m³/s, mm, °C, %, m/s, °, hPa).</summary>
/// <param name="Lowest">Below it no such value exists on Earth's rivers and lakes.</param>
/// <param name="Highest">Above it none does.</param>
/// <param name="SteepStep">A change smaller than this between two values is never called steep…</param>
/// <param name="SteepPerHour">…nor is one slower than this.</param>
/// <param name="StuckAfter">Unmoved for longer than this is stuck; null: the property may rest.</param>
public sealed record PropertyLimits(double Lowest, double Highest, double SteepStep, double SteepPerHour, TimeSpan? StuckAfter)
{
    /// <summary>A smaller jump than this is neither a spike nor a step.</summary>
    public double SpikeStep { get; init; } = double.MaxValue;

    /// <summary>Nor is one smaller than this share of the value before.</summary>
    public double SpikeShare { get; init; }

    /// <summary>Factors between units one writes for another, and −1.</summary>
    public IReadOnlyList<double> Factors { get; init; } = [];

    /// <summary>The highest this place ever had, with a margin; null: not known.</summary>
    public double? Record { get; init; }

    /// <summary>What this place has ever had in each month, from January on; null: not known.</summary>
    public IReadOnlyList<MonthRange?>? Months { get; init; }

    /// <summary>Whether a jump that stays may be a new zero.</summary>
    public bool Shifts { get; init; }
}

/// <summary>
/// The parameters of quality control. Every batch records the <see cref="Version"/> it was judged by, and the parameters of each
/// version are kept, so that a flag can be explained years later.
/// </summary>
/// <remarks>
/// The tests are those of QARTOD's manuals for water level and stream flow (gap, gross range, climatology, spike, rate of change, flat line) and of WMO-No. 8 and
/// No. 168, with limits chosen here so that a flood is never called bad: the range is that of rivers anywhere, not of this gauge; a steep change is
/// marked but only doubted when it comes back within <see cref="SpikeWithin"/>, which no flood wave does at a gauge that sends every quarter of an hour.
/// Where a comment names no source, the figure was chosen here and is checked by faults put into real recordings.
/// </remarks>
public sealed record QualityRules
{
    // m for cm, mm, ft and in; ft for in; cm for mm; each way; and the other sign.
    private static readonly double[] LengthFactors = [100, 0.01, 1_000, 0.001, 1 / 0.3048, 0.3048, 1 / 0.0254, 0.0254, 12, 1 / 12.0, 10, 0.1, -1];

    // m³/s for ft³/s and l/s, each way; and the other sign.
    private static readonly double[] FlowFactors = [35.3147, 1 / 35.3147, 1_000, 0.001, -1];

    /// <summary>The rules in use.</summary>
    public static QualityRules Default { get; } = new();

    /// <summary>Stage: tidal gauges fall below their zero; 70 m is above any gauge's range (the Yangtze rose 50 m in a gorge).</summary>
    public PropertyLimits Stage { get; init; } = new(-15, 70, SteepStep: 1.0, SteepPerHour: 4.0, TimeSpan.FromHours(24)) { SpikeStep = 0.15, Factors = LengthFactors, Shifts = true };

    /// <summary>Stage and lake level above an ordnance datum: from the Dead Sea to the highest lakes.</summary>
    public PropertyLimits Elevation { get; init; } = new(-450, 6_500, SteepStep: 1.0, SteepPerHour: 4.0, TimeSpan.FromHours(72)) { SpikeStep = 0.15, Factors = LengthFactors };

    /// <summary>Discharge: tides reverse it; the Amazon's record is under 400,000 m³/s.</summary>
    public PropertyLimits Discharge { get; init; } = new(-100_000, 400_000, SteepStep: 500, SteepPerHour: 5_000, TimeSpan.FromHours(48)) { SpikeStep = 1, SpikeShare = 0.25, Factors = FlowFactors };

    /// <summary>Rain in one interval of up to an hour: the world record of an hour is about 305 mm (Holt, Missouri, 1947). It may rest at zero for months.</summary>
    public PropertyLimits Rainfall { get; init; } = new(0, 400, SteepStep: double.MaxValue, SteepPerHour: double.MaxValue, StuckAfter: null);

    /// <summary>Air temperature: the records are −89.2 °C (Vostok, 1983) and 56.7 °C (Death Valley, 1913); gusts of a thunderstorm cool by 15 °C in minutes.</summary>
    public PropertyLimits AirTemperature { get; init; } = new(-95, 62, SteepStep: 8, SteepPerHour: 24, TimeSpan.FromHours(24)) { SpikeStep = 5 };

    /// <summary>Relative humidity: sensors read a little over 100 % in fog, and rest there.</summary>
    public PropertyLimits RelativeHumidity { get; init; } = new(0, 105, SteepStep: double.MaxValue, SteepPerHour: double.MaxValue, StuckAfter: null);

    /// <summary>Wind and gusts: the record gust is 113 m/s (Barrow Island, 1996); calm may last.</summary>
    public PropertyLimits Wind { get; init; } = new(0, 120, SteepStep: double.MaxValue, SteepPerHour: double.MaxValue, StuckAfter: null);

    /// <summary>Wind direction.</summary>
    public PropertyLimits WindDirection { get; init; } = new(0, 360, SteepStep: double.MaxValue, SteepPerHour: double.MaxValue, StuckAfter: null);

    /// <summary>Sea-level pressure: the records are 870 hPa (Typhoon Tip, 1979) and 1,085 hPa (Tosontsengel, 2001).</summary>
    public PropertyLimits SeaLevelPressure { get; init; } = new(850, 1_100, SteepStep: 8, SteepPerHour: 25, TimeSpan.FromHours(24)) { SpikeStep = 4 };

    /// <summary>A steep change that has come back after this long is no spike: waves last, faults do not.</summary>
    public TimeSpan SpikeWithin { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>A jump leaves what is usual when it is this many times the usual step.</summary>
    public double SpikeScale { get; init; } = 8;

    /// <summary>A step is at least this many times the usual step.</summary>
    public double StepScale { get; init; } = 8;

    /// <summary>The series goes on as before when it moves by no more than this many usual steps…</summary>
    public double StepSlack { get; init; } = 4;

    /// <summary>…or by no more than this share of the smallest step…</summary>
    public double StepShare { get; init; } = 0.15;

    /// <summary>…or, for a factor between units, by no more than this share of the value.</summary>
    public double FactorTolerance { get; init; } = 0.03;

    /// <summary>A step that has stayed this long is what the gauge now says.</summary>
    public TimeSpan StepHolds { get; init; } = TimeSpan.FromHours(48);

    /// <summary>A new zero shows within this time: four values at rest. Slower gauges cannot tell it from a rise and fall between two values.</summary>
    public TimeSpan ShiftWithin { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A shifted series has left its plateau when it moved by this share of the jump.</summary>
    public double ShiftLeaves { get; init; } = 0.25;

    /// <summary>Beyond the record means: by more than this share of the way from the low end of the typical range to the record.</summary>
    public double RecordMargin { get; init; } = 0.1;

    /// <summary>Beyond a month's extremes means: by more than this share of the way between them, because a record is broken by little and often.</summary>
    public double MonthMargin { get; init; } = 0.1;

    /// <summary>Come back means: within this share of the jump from where it left.</summary>
    public double SpikeReturn { get; init; } = 0.25;

    /// <summary>A gap is longer than this many expected intervals.</summary>
    public double GapIntervals { get; init; } = 3.5;

    /// <summary>Ahead of the chain's clock by up to this is a clock that runs a little fast; more is quarantined.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far around a value others can bear on it: the longest rest, and three of the longest steps, because a step that ended may have been
    /// the way back from one before it.
    /// </summary>
    public TimeSpan Reach => 3 * StepHolds;

    /// <summary>Beginning of the SHA-256 of the parameters.</summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Parameters())))[..12];

    /// <summary>The parameters as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(Parameters());

    /// <summary>The limits for a property in a source's unit, converted to that unit; null where nothing can be said (unknown unit or property).</summary>
    public PropertyLimits? LimitsFor(ObservedProperty property, string unit)
    {
        var limits = property switch
        {
            ObservedProperty.Stage when unit is "mAOD" or "mBDAT" => Elevation with { Shifts = true },
            ObservedProperty.Stage => Stage,
            ObservedProperty.LakeLevel => Elevation,
            ObservedProperty.Discharge => Discharge,
            ObservedProperty.Rainfall => Rainfall,
            ObservedProperty.AirTemperature => AirTemperature,
            ObservedProperty.RelativeHumidity => RelativeHumidity,
            ObservedProperty.WindSpeed or ObservedProperty.WindGust => Wind,
            ObservedProperty.WindDirection => WindDirection,
            ObservedProperty.SeaLevelPressure => SeaLevelPressure,
            _ => null,
        };

        var expected = property switch
        {
            ObservedProperty.Discharge => "m³/s",
            ObservedProperty.Rainfall => "mm",
            ObservedProperty.AirTemperature => "°C",
            ObservedProperty.RelativeHumidity => "%",
            ObservedProperty.WindSpeed or ObservedProperty.WindGust => "m/s",
            ObservedProperty.WindDirection => "°",
            ObservedProperty.SeaLevelPressure => "hPa",
            _ => "m",
        };
        if (limits is null || !Units.TryToCanonical(1, unit, out var one, out var canonical) || canonical != expected || !Units.TryToCanonical(0, unit, out var zero, out _))
        {
            return null;
        }

        // Some units have another zero as well (°F): limits move with it, differences do not.
        var factor = one - zero;
        return limits with
        {
            Lowest = (limits.Lowest - zero) / factor,
            Highest = (limits.Highest - zero) / factor,
            SteepStep = limits.SteepStep / factor,
            SteepPerHour = limits.SteepPerHour / factor,
            SpikeStep = limits.SpikeStep / factor,
        };
    }

    private Dictionary<string, double?> Parameters()
    {
        var all = new SortedDictionary<string, double?>(StringComparer.Ordinal)
        {
            ["spikeWithinMinutes"] = SpikeWithin.TotalMinutes,
            ["spikeReturn"] = SpikeReturn,
            ["recordMargin"] = RecordMargin,
            ["monthMargin"] = MonthMargin,
            ["spikeScale"] = SpikeScale,
            ["stepScale"] = StepScale,
            ["stepSlack"] = StepSlack,
            ["stepShare"] = StepShare,
            ["factorTolerance"] = FactorTolerance,
            ["stepHoldsHours"] = StepHolds.TotalHours,
            ["shiftWithinHours"] = ShiftWithin.TotalHours,
            ["shiftLeaves"] = ShiftLeaves,
            ["gapIntervals"] = GapIntervals,
            ["futureToleranceMinutes"] = FutureTolerance.TotalMinutes,
        };
        foreach (var (name, limits) in new[] { ("stage", Stage), ("elevation", Elevation), ("discharge", Discharge), ("rainfall", Rainfall),
            ("airTemperature", AirTemperature), ("relativeHumidity", RelativeHumidity), ("wind", Wind), ("windDirection", WindDirection), ("seaLevelPressure", SeaLevelPressure) })
        {
            all[$"{name}.lowest"] = limits.Lowest;
            all[$"{name}.highest"] = limits.Highest;
            all[$"{name}.steepStep"] = limits.SteepStep;
            all[$"{name}.steepPerHour"] = limits.SteepPerHour;
            all[$"{name}.stuckAfterHours"] = limits.StuckAfter?.TotalHours;
            all[$"{name}.spikeStep"] = limits.SpikeStep;
            all[$"{name}.spikeShare"] = limits.SpikeShare;
            all[$"{name}.shifts"] = limits.Shifts ? 1 : 0;
            for (var i = 0; i < limits.Factors.Count; i++)
            {
                all[$"{name}.factor{i:00}"] = limits.Factors[i];
            }
        }

        return new Dictionary<string, double?>(all);
    }
}
