using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Thresholds;

/// <summary>
/// Sums of rain that weather services warn of, from <c>geodata/hazards/rain-thresholds.json</c>: they stand in, marked assumed, at a gauge that
/// has no thresholds of its own. How much rain does harm differs from valley to valley. Immutable and thread-safe.
/// </summary>
public sealed class RainBook
{
    private readonly IReadOnlyList<RainSet> _sets;

    private RainBook(IReadOnlyList<RainSet> sets) => _sets = sets;

    /// <summary>Without any: only gauges with thresholds of their own are judged.</summary>
    public static RainBook Empty { get; } = new([]);

    /// <summary>Reads the carried file.</summary>
    public static RainBook Read(GeodataDirectory geodata)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        using var file = File.OpenRead(geodata.File("hazards", "rain-thresholds.json"));
        return new RainBook((JsonSerializer.Deserialize(file, RainJson.Default.RainFile) ?? throw new InvalidDataException("The file of rain thresholds is empty.")).Sets);
    }

    /// <summary>What stands in at a place, in the datastream's unit: the first set whose box holds it. Empty for a unit that is no depth.</summary>
    public IReadOnlyList<StageThreshold> Find(Coordinate place, string unit)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (!Units.TryFactor(unit, out var millimetres, out var canonical) || canonical != "mm" || _sets.FirstOrDefault(set => set.Box?.Holds(place) ?? true) is not { } found)
        {
            return [];
        }

        return [.. found.Thresholds.OrderBy(one => one.Hours).ThenBy(one => one.Level)
            .Select(one => new StageThreshold(one.Level, one.Value / millimetres, unit, Label(one.Level), $"Stands in because none is set here: {found.Source}.", Assumed: true, one.Hours))];
    }

    internal static string Label(HazardLevel level) => level switch
    {
        HazardLevel.Action => "rain to get ready at",
        HazardLevel.Minor => "heavy-rain threshold",
        HazardLevel.Moderate => "very-heavy-rain threshold",
        _ => "extreme-rain threshold",
    };
}

/// <summary>The file as it is written; the first set that holds a place counts.</summary>
internal sealed record RainFile(IReadOnlyList<RainSet> Sets);

/// <summary>One service's sums, in mm.</summary>
internal sealed record RainSet(string Name, RainBox? Box, string Source, IReadOnlyList<RainThreshold> Thresholds);

/// <summary>About where the service looks after; no border.</summary>
internal sealed record RainBox(double West, double South, double East, double North)
{
    internal bool Holds(Coordinate place) => place.X >= West && place.X <= East && place.Y >= South && place.Y <= North;
}

/// <summary>One of them.</summary>
internal sealed record RainThreshold(int Hours, HazardLevel Level, double Value);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RainFile))]
internal sealed partial class RainJson : JsonSerializerContext;
