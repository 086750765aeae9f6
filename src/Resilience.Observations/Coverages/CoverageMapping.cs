using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Core;

namespace Resilience.Observations.Coverages;

/// <summary>How a raster of format <c>geotiff</c> is to be read, and from which values on it becomes an area on the map.</summary>
public sealed record CoverageMapping
{
    /// <summary>So many classes at most.</summary>
    public const int MostClasses = 8;

    /// <summary>What the values are.</summary>
    /// <value><see cref="CoverageQuantity.FloodExtent"/>.</value>
    public CoverageQuantity Quantity { get; init; } = CoverageQuantity.FloodExtent;

    /// <summary>Which band, from 1.</summary>
    /// <value>1.</value>
    public int Band { get; init; } = 1;

    /// <summary>Unit of the values and thresholds, for example <c>mm</c>; empty when the values are classes.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The areas wanted: all by threshold, rising, or all by value.</summary>
    public IReadOnlyList<CoverageClass> Classes { get; init; } = [];

    /// <summary>Values that mean "not seen" (clouds, shadow) besides the file's own no-data value.</summary>
    public IReadOnlyList<double> NotSeen { get; init; } = [];

    /// <summary>Patches smaller than this are left out, in square kilometres: single pixels are often noise.</summary>
    /// <value>0: all are kept.</value>
    public double LeastSquareKilometres { get; init; }

    /// <summary>
    /// Where the time stands when the address carries it: how often a new file appears, as in <c>…/rain_{yyyyMMddHH}.tif</c> with one
    /// hour. Null: the file's own DateTime tag, in the feed's zone, says it.
    /// </summary>
    public TimeSpan? Step { get; init; }

    /// <summary>How long after its time a file named by time is there.</summary>
    /// <value>Zero.</value>
    public TimeSpan Latency { get; init; }

    /// <summary>As it is stored.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, CoverageMappingJson.Default.CoverageMapping);

    /// <summary>From what <see cref="ToJson"/> wrote; null for null.</summary>
    internal static CoverageMapping? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize(json, CoverageMappingJson.Default.CoverageMapping);

    /// <summary>What is wrong with the mapping itself, in a plain sentence; null when nothing is.</summary>
    internal string? FindFault() => this switch
    {
        { Band: < 1 or > 1_000 } => $"band {Band} is not between 1 and 1000",
        { Unit.Length: > 32 } => "the unit is longer than 32 characters",
        { Classes: not { Count: >= 1 and <= MostClasses } } => $"1 to {MostClasses} classes are needed",
        _ when Classes.Any(one => string.IsNullOrWhiteSpace(one.Name) || one.Name.Length > 80) => "each class needs a name of 1 to 80 characters",
        _ when !Classes.All(one => one is { AtLeast: { } from, Values.Count: 0 } && double.IsFinite(from)) && !Classes.All(one => one is { AtLeast: null, Values.Count: >= 1 and <= 256 })
            => "give every class a threshold (atLeast), or every class its values",
        _ when Classes.Zip(Classes.Skip(1)).Any(pair => pair.First.AtLeast >= pair.Second.AtLeast) => "thresholds must rise from class to class",
        _ when Classes.Any(one => one.Raises is HazardLevel.None) || (Quantity == CoverageQuantity.Other && Classes.Any(one => one.Raises is not null))
            => "only rain and flood extents raise a level, from Action to Major",
        _ when Classes[0].AtLeast is not null && Classes.Zip(Classes.Skip(1)).Any(pair => (pair.Second.Raises ?? HazardLevel.None) < (pair.First.Raises ?? HazardLevel.None)) => "a higher threshold must not raise a lower level",
        { NotSeen.Count: > 256 } => "more than 256 values for 'not seen'",
        { LeastSquareKilometres: not (>= 0 and < 1e6) } => "the smallest patch must be between 0 and a million square kilometres",
        _ when Step is { } step && (step < TimeSpan.FromMinutes(1) || step > TimeSpan.FromDays(31)) => "the step must be between a minute and 31 days",
        _ when Latency < TimeSpan.Zero || Latency > TimeSpan.FromDays(31) => "the latency must be between nothing and 31 days",
        _ => null,
    };
}

/// <summary>One class of values that becomes an area.</summary>
public sealed record CoverageClass
{
    /// <summary>Its name for people: "Flooded", "More than 100 mm".</summary>
    public required string Name { get; init; }

    /// <summary>The values from here on, this one included; null when <see cref="Values"/> lists them.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The values of the class.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>
    /// The level of hazard that stands where this class is reached, as the operator decides it: heavy rain from rain, a flood from a flood extent. Null: it is only shown,
    /// as open water must be where rivers and lakes are part of it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HazardLevel? Raises { get; init; }
}

/// <summary>How the mapping is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CoverageMapping))]
internal sealed partial class CoverageMappingJson : JsonSerializerContext;
