using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Thresholds;

/// <summary>
/// Rain after which slopes failed, from <c>geodata/hazards/slope-thresholds.json</c>: published curves of intensity and duration, by about where they were
/// found. They stand in, marked assumed and at Action only, until an agency sets what holds on its own slopes. Immutable and thread-safe.
/// </summary>
public sealed class SlopeBook
{
    private readonly IReadOnlyList<SlopeSet> _sets;

    private SlopeBook(IReadOnlyList<SlopeSet> sets) => _sets = sets;

    /// <summary>Without any: only gauges with thresholds of their own are judged.</summary>
    public static SlopeBook Empty { get; } = new([]);

    /// <summary>Reads the carried file.</summary>
    public static SlopeBook Read(GeodataDirectory geodata)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        using var file = File.OpenRead(geodata.File("hazards", "slope-thresholds.json"));
        return new SlopeBook((JsonSerializer.Deserialize(file, SlopeJson.Default.SlopeFile) ?? throw new InvalidDataException("The file of slope thresholds is empty.")).Sets);
    }

    /// <summary>What stands in at a place, in the datastream's unit: the first set whose box holds it. Empty for a unit that is no depth.</summary>
    public IReadOnlyList<StageThreshold> Find(Coordinate place, string unit)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (!Units.TryFactor(unit, out var millimetres, out var canonical) || canonical != "mm" || _sets.FirstOrDefault(set => set.Box?.Holds(place) ?? true) is not { } found)
        {
            return [];
        }

        var sums = (found.Sums ?? []).Concat((found.Curves ?? []).SelectMany(curve => RainSums.Windows.Select(hours => new RainThreshold(hours, curve.Level, SlopeRule.Depth(curve.Alpha, curve.Exponent, hours)))));
        return [.. sums.OrderBy(one => one.Hours).ThenBy(one => one.Level).Select(one => new StageThreshold(
            one.Level, one.Value / millimetres, unit, Label(one.Level), $"Stands in because none is set here: {found.Source}.", Assumed: true, one.Hours, HazardKind.Landslide))];
    }

    internal static string Label(HazardLevel level) => level switch
    {
        HazardLevel.Action => "landslide watch threshold",
        HazardLevel.Minor => "landslide threshold",
        HazardLevel.Moderate => "threshold of many landslides",
        _ => "threshold of landslides everywhere",
    };
}

/// <summary>The file as it is written; the first set that holds a place counts.</summary>
internal sealed record SlopeFile(IReadOnlyList<SlopeSet> Sets);

/// <summary>What one study found: curves, or sums in mm.</summary>
internal sealed record SlopeSet(string Name, RainBox? Box, string Source, IReadOnlyList<SlopeCurve>? Curves = null, IReadOnlyList<RainThreshold>? Sums = null);

/// <summary>I = alpha · D^−exponent, mm/h and hours.</summary>
internal sealed record SlopeCurve(HazardLevel Level, double Alpha, double Exponent);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SlopeFile))]
internal sealed partial class SlopeJson : JsonSerializerContext;
