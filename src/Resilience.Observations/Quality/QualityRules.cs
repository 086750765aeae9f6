using System.Security.Cryptography;
using System.Text.Json;
using Resilience.Core.Quantities;

namespace Resilience.Observations.Quality;

/// <summary>Limits of one property, in the canonical unit (m, m³/s, mm).</summary>
/// <param name="Lowest">Below it no such value exists on Earth's rivers and lakes.</param>
/// <param name="Highest">Above it none does.</param>
/// <param name="SteepStep">A change smaller than this between two values is never called steep…</param>
/// <param name="SteepPerHour">…nor is one slower than this.</param>
/// <param name="StuckAfter">Unmoved for longer than this is stuck; null: the property may rest.</param>
public sealed record PropertyLimits(double Lowest, double Highest, double SteepStep, double SteepPerHour, TimeSpan? StuckAfter);

/// <summary>
/// The parameters of quality control. Every batch records the <see cref="Version"/> it was judged by, and the parameters of each
/// version are kept, so that a flag can be explained years later.
/// </summary>
/// <remarks>
/// The tests are those of QARTOD (gross range, rate of change, spike, flat line) and WMO-No. 168, with limits chosen here so that a
/// flood is never called bad: the range is that of rivers anywhere, not of this gauge; a steep change is marked but only doubted
/// when it comes back within <see cref="SpikeWithin"/>, which no flood wave does at a gauge that sends every quarter of an hour.
/// </remarks>
public sealed record QualityRules
{
    /// <summary>The rules in use.</summary>
    public static QualityRules Default { get; } = new();

    /// <summary>Stage: tidal gauges fall below their zero; 70 m is above any gauge's range (the Yangtze rose 50 m in a gorge).</summary>
    public PropertyLimits Stage { get; init; } = new(-15, 70, SteepStep: 1.0, SteepPerHour: 4.0, TimeSpan.FromHours(24));

    /// <summary>Stage and lake level above an ordnance datum: from the Dead Sea to the highest lakes.</summary>
    public PropertyLimits Elevation { get; init; } = new(-450, 6_500, SteepStep: 1.0, SteepPerHour: 4.0, TimeSpan.FromHours(72));

    /// <summary>Discharge: tides reverse it; the Amazon's record is under 400,000 m³/s.</summary>
    public PropertyLimits Discharge { get; init; } = new(-100_000, 400_000, SteepStep: 500, SteepPerHour: 5_000, TimeSpan.FromHours(48));

    /// <summary>Rain in one interval of up to an hour: the world record of an hour is about 305 mm (Holt, Missouri, 1947). It may rest at zero for months.</summary>
    public PropertyLimits Rainfall { get; init; } = new(0, 400, SteepStep: double.MaxValue, SteepPerHour: double.MaxValue, StuckAfter: null);

    /// <summary>A steep change that has come back after this long is no spike: waves last, faults do not.</summary>
    public TimeSpan SpikeWithin { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>Come back means: within this share of the jump from where it left.</summary>
    public double SpikeReturn { get; init; } = 0.25;

    /// <summary>A gap is longer than this many expected intervals.</summary>
    public double GapIntervals { get; init; } = 3.5;

    /// <summary>Ahead of the chain's clock by up to this is a clock that runs a little fast; more is quarantined.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Beginning of the SHA-256 of the parameters.</summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Parameters())))[..12];

    /// <summary>The parameters as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(Parameters());

    /// <summary>The limits for a property in a source's unit, converted to that unit; null where nothing can be said (unknown unit or property).</summary>
    public PropertyLimits? LimitsFor(ObservedProperty property, string unit)
    {
        var limits = property switch
        {
            ObservedProperty.Stage when unit is "mAOD" or "mBDAT" => Elevation,
            ObservedProperty.Stage => Stage,
            ObservedProperty.LakeLevel => Elevation,
            ObservedProperty.Discharge => Discharge,
            ObservedProperty.Rainfall => Rainfall,
            _ => null,
        };

        var expected = property switch { ObservedProperty.Discharge => "m³/s", ObservedProperty.Rainfall => "mm", _ => "m" };
        if (limits is null || !Units.TryToCanonical(1, unit, out var factor, out var canonical) || canonical != expected)
        {
            return null;
        }

        return limits with
        {
            Lowest = limits.Lowest / factor,
            Highest = limits.Highest / factor,
            SteepStep = limits.SteepStep / factor,
            SteepPerHour = limits.SteepPerHour / factor,
        };
    }

    private Dictionary<string, double?> Parameters()
    {
        var all = new SortedDictionary<string, double?>(StringComparer.Ordinal)
        {
            ["spikeWithinMinutes"] = SpikeWithin.TotalMinutes,
            ["spikeReturn"] = SpikeReturn,
            ["gapIntervals"] = GapIntervals,
            ["futureToleranceMinutes"] = FutureTolerance.TotalMinutes,
        };
        foreach (var (name, limits) in new[] { ("stage", Stage), ("elevation", Elevation), ("discharge", Discharge), ("rainfall", Rainfall) })
        {
            all[$"{name}.lowest"] = limits.Lowest;
            all[$"{name}.highest"] = limits.Highest;
            all[$"{name}.steepStep"] = limits.SteepStep;
            all[$"{name}.steepPerHour"] = limits.SteepPerHour;
            all[$"{name}.stuckAfterHours"] = limits.StuckAfter?.TotalHours;
        }

        return new Dictionary<string, double?>(all);
    }
}
