using System.Text.Json;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>What neighbours contradict.</summary>
public enum FindingKind
{
    /// <summary>Its values are far from those of its neighbours, hour after hour.</summary>
    Apart,

    /// <summary>It said zero while all gauges around it had rain. Only its zeros are doubted.</summary>
    Dry,

    /// <summary>Its values move away from those of its neighbours, day after day.</summary>
    Drift,
}

/// <summary>
/// Something the neighbours of a datastream contradict, from when to when. Kept apart from the flags of its values: those follow from the one
/// series, this from others. A finding that late values refute stays, ended where it began.
/// </summary>
public sealed class NeighbourFinding
{
    /// <summary>Derived from datastream, kind and beginning.</summary>
    public required Guid Id { get; init; }

    /// <summary>The datastream.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>Its station.</summary>
    public required string StationId { get; init; }

    /// <summary>What is contradicted.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The first hour (of a drift: day) of it, phenomenon time.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The first hour after it; null while it lasts; the beginning itself when it was refuted.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>When it was found: batches stored before then were believed, and stay so.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>When it was found to have ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary><see cref="NeighbourFigures"/> as JSON.</summary>
    public required string Figures { get; set; }

    /// <summary>The version of the rules; their parameters stand with those of the flags.</summary>
    public required string RulesVersion { get; set; }
}

/// <summary>The figures behind a finding, in the canonical unit.</summary>
/// <param name="Unit">°C, hPa, % or mm.</param>
/// <param name="At">The hour compared; of rain the sum of 24 hours that ends there; of a drift its last day.</param>
/// <param name="Value">What the datastream said.</param>
/// <param name="Expected">What its neighbours lead one to expect.</param>
/// <param name="Tolerance">So far away is still among them.</param>
/// <param name="Neighbours">Who was asked.</param>
public sealed record NeighbourFigures(string Unit, DateTimeOffset At, double Value, double Expected, double Tolerance, IReadOnlyList<ComparedNeighbour> Neighbours)
{
    /// <summary>Of a drift: how far it was from its neighbours when it began.</summary>
    public double? From { get; init; }

    /// <summary>Of a drift: how far it is from them.</summary>
    public double? To { get; init; }

    /// <summary>Of a drift: by how much it moves a day.</summary>
    public double? PerDay { get; init; }

    /// <summary>Reads figures as stored.</summary>
    public static NeighbourFigures FromJson(string json) => JsonSerializer.Deserialize<NeighbourFigures>(json)!;

    internal string ToJson() => JsonSerializer.Serialize(this);

    internal static NeighbourFigures Of(Comparison comparison, string unit, DateTimeOffset at) => new(
        unit, at, Round(comparison.Value), Round(comparison.Expected), Round(comparison.Tolerance),
        [.. comparison.Neighbours.Select(one => one with { Kilometres = Round(one.Kilometres), Value = Round(one.Value), Adjusted = Round(one.Adjusted) })]);

    private static double Round(double value) => Math.Round(value, 2);
}

/// <summary>How far a datastream was from its neighbours on one day: what drifts are looked for in.</summary>
public sealed class DayDeparture
{
    /// <summary>The datastream.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>The day, UTC, <c>yyyy-MM-dd</c>.</summary>
    public required string Day { get; init; }

    /// <summary>Median of its hours' differences, canonical unit.</summary>
    public required double Difference { get; set; }

    /// <summary>Hours compared.</summary>
    public required int Hours { get; set; }
}
