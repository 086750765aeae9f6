using System.Security.Cryptography;
using System.Text.Json;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>What a property is held to beside its neighbours, in the canonical unit (°C, hPa, %).</summary>
/// <param name="Kilometres">Neighbours stand within this distance.</param>
/// <param name="Apart">A value is apart from its neighbours when it is further from their median than this…</param>
/// <param name="ApartUnplaced">…or than this, where a height above the sea is not known.</param>
/// <param name="Drift">A datastream drifts when its days moved away from its neighbours' by this much.</param>
/// <param name="PerMetre">What the property changes by with each metre of height.</param>
/// <param name="Height">Neighbours stand within this many metres of height, where both heights are known.</param>
public sealed record NeighbourLimits(double Kilometres, double Apart, double ApartUnplaced, double Drift, double PerMetre, double Height);

/// <summary>
/// The parameters of what is judged by neighbours. They are kept by version as those of the flags are, so that a finding can be explained years later.
/// </summary>
/// <remarks>
/// The tests are the neighbour test of QARTOD (which leaves its figures to the operator) and the buddy check of the Norwegian titanlib (median or mean of at least
/// so many buddies within a radius and a band of heights, adjusted by 0.65 °C in 100 m, against a multiple of their spread). Theirs judge one moment; here one is never
/// enough: a front, a foehn or a thunderstorm sets neighbours apart for hours and is real. Where a comment names no source, the figure was chosen here.
/// </remarks>
public sealed record NeighbourRules
{
    /// <summary>The rules in use.</summary>
    public static NeighbourRules Default { get; } = new();

    /// <summary>Air temperature: 0.0065 °C a metre is the lapse of the ICAO Standard Atmosphere (Doc 7488). Where heights are not known a valley and its ridge must not contradict each other: 10 °C are 1,500 m.</summary>
    public NeighbourLimits AirTemperature { get; init; } = new(75, Apart: 6, ApartUnplaced: 10, Drift: 3, PerMetre: -0.0065, Height: 500);

    /// <summary>Sea-level pressure is reduced already: 4 hPa in 150 km is a gale's gradient (some 30 m/s geostrophic at 50° latitude).</summary>
    public NeighbourLimits SeaLevelPressure { get; init; } = new(150, Apart: 4, ApartUnplaced: 4, Drift: 2, PerMetre: 0, Height: 800);

    /// <summary>Relative humidity differs by much from place to place; only what no place nearby has is told.</summary>
    public NeighbourLimits RelativeHumidity { get; init; } = new(75, Apart: 35, ApartUnplaced: 40, Drift: 20, PerMetre: 0, Height: 500);

    /// <summary>So many neighbours must speak at the same hour.</summary>
    public int Fewest { get; init; } = 3;

    /// <summary>So many of the nearest are asked.</summary>
    public int Most { get; init; } = 8;

    /// <summary>Where the neighbours differ among themselves, apart means further than this many of their standard deviations (1.4826 median absolute deviations).</summary>
    public double Spreads { get; init; } = 3;

    /// <summary>A value speaks for the full hour it is nearest to.</summary>
    public TimeSpan Hour { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A finding begins, and ends, with this many hours: a front crosses a neighbourhood in fewer.</summary>
    public int Hours { get; init; } = 12;

    /// <summary>So many of them must have been compared (stations that report every third hour have four).</summary>
    public int Compared { get; init; } = 4;

    /// <summary>Of the compared hours at least this share must be apart, all to the same side, for a finding to begin; and at most the rest for it to end.</summary>
    public double Share { get; init; } = 0.9;

    /// <summary>How far back hours are compared anew at each run: what comes later than this changes no finding.</summary>
    public int Window { get; init; } = 72;

    /// <summary>Rain gauges are neighbours within this many kilometres…</summary>
    public double RainKilometres { get; init; } = 15;

    /// <summary>…that stand around the gauge, not on one side of it: the edge of a storm is a line. The widest angle without one, in degrees.</summary>
    public double RainWidestGap { get; init; } = 180;

    /// <summary>The sums that are compared, in hours.</summary>
    public int RainHours { get; init; } = 24;

    /// <summary>So many of these hours must be observed.</summary>
    public int RainObserved { get; init; } = 22;

    /// <summary>At least <see cref="Fewest"/> neighbours had this much, mm: no drizzle that the wind kept from the gauge.</summary>
    public double RainWet { get; init; } = 10;

    /// <summary>And none had less than this, mm: where one was nearly dry, another may have been.</summary>
    public double RainEach { get; init; } = 5;

    /// <summary>A gauge found dry among wet ones counts again when it told this much in as many hours, mm.</summary>
    public double RainAgain { get; init; } = 1;

    /// <summary>A finding about a gauge that said nothing but zero all the while is let go after this many days: it may be repaired, and nobody can tell.</summary>
    public int RainForgotten { get; init; } = 60;

    /// <summary>Days a drift is looked for in.</summary>
    public int DriftDays { get; init; } = 30;

    /// <summary>So many of them must have been compared.</summary>
    public int DriftCompared { get; init; } = 20;

    /// <summary>Hours of a day that must have been compared, of those the station reports.</summary>
    public int DriftHours { get; init; } = 4;

    /// <summary>Of all pairs of days this share more must agree with the drift than disagree (Kendall's tau): a step or a spell does not.</summary>
    public double DriftTau { get; init; } = 0.6;

    /// <summary>A drift has ended when the last three days are back within this share of it.</summary>
    public double DriftBack { get; init; } = 0.5;

    /// <summary>Beginning of the SHA-256 of the parameters.</summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Plain)))[..12];

    private static readonly JsonSerializerOptions Plain = new() { IgnoreReadOnlyProperties = true };

    /// <summary>The limits for a property; null where neighbours tell nothing of it.</summary>
    public NeighbourLimits? LimitsFor(ObservedProperty property) => property switch
    {
        ObservedProperty.AirTemperature => AirTemperature,
        ObservedProperty.SeaLevelPressure => SeaLevelPressure,
        ObservedProperty.RelativeHumidity => RelativeHumidity,
        _ => null,
    };

    /// <summary>The parameters as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Plain);
}
