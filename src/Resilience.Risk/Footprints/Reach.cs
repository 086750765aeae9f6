using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Risk.Footprints;

/// <summary>A river below a lake, from the lake downstream.</summary>
/// <param name="River">Its name.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="HalfWidthMetres">How far from the river people are counted.</param>
/// <param name="Synthetic">True when drawn for a drill.</param>
/// <param name="Line">Longitude and latitude, the lake first.</param>
public sealed record Reach(string River, string From, string To, double HalfWidthMetres, bool Synthetic, IReadOnlyList<Coordinate> Line)
{
    /// <summary>Reads the carried reaches.</summary>
    public static IReadOnlyList<Reach> ReadAll(GeodataDirectory geodata)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        using var file = File.OpenRead(geodata.File("hazards", "reaches.json"));
        var reaches = JsonSerializer.Deserialize(file, ReachJson.Default.ReachFile)?.Reaches ?? [];
        return [.. reaches.Select(reach => new Reach(
            reach.River, reach.From, reach.To, reach.HalfWidthMetres, reach.Synthetic, [.. reach.Line.Select(point => Wgs84.Point(point[0], point[1]).Coordinate)]))];
    }
}

/// <summary>The file as it is written.</summary>
internal sealed record ReachFile(IReadOnlyList<WrittenReach> Reaches);

/// <summary>One reach of it.</summary>
internal sealed record WrittenReach(string River, string From, string To, double HalfWidthMetres, bool Synthetic, IReadOnlyList<double[]> Line);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReachFile))]
internal sealed partial class ReachJson : JsonSerializerContext;
