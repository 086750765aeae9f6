using System.Text.Json;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Basemap;

/// <summary>A feature of a GeoJSON file as longitudes and latitudes: polygons as rings, lines as single paths, points as paths of one.</summary>
internal sealed record RawFeature(ShapeKind Kind, List<List<List<(double Longitude, double Latitude)>>> Parts, JsonElement Properties)
{
    internal string? Text(string name) => Properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal double Number(string name, double otherwise) =>
        Properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    internal bool Touches(double west, double south, double east, double north) =>
        Parts.Any(part => part.Any(path => path.Any(p => p.Longitude >= west && p.Longitude <= east && p.Latitude >= south && p.Latitude <= north)));

    /// <summary>One shape per polygon or line, so that each is found by its own bounds.</summary>
    internal IEnumerable<Shape> ToShapes((string Name, object Value)[] properties, int fromZoom = 0, int toZoom = 24) =>
        Parts.Select(part => new Shape(Kind, [.. part.Select(ShapePath.FromDegrees)], properties, 0, fromZoom, toZoom));
}

/// <summary>Reads GeoJSON feature collections of the carried basemap.</summary>
internal static class ReadShapes
{
    internal static List<RawFeature> GeoJson(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(Feature)];
    }

    private static RawFeature Feature(JsonElement feature)
    {
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        var (kind, parts) = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => (ShapeKind.Polygon, [Paths(coordinates)]),
            "MultiPolygon" => (ShapeKind.Polygon, coordinates.EnumerateArray().Select(Paths).ToList()),
            "LineString" => (ShapeKind.Line, [[Path(coordinates)]]),
            "MultiLineString" => (ShapeKind.Line, coordinates.EnumerateArray().Select(line => new List<List<(double, double)>> { Path(line) }).ToList()),
            "Point" => (ShapeKind.Point, new List<List<List<(double, double)>>> { new() { new() { Position(coordinates) } } }),
            var other => throw new InvalidDataException($"The basemap holds no {other}."),
        };
        return new RawFeature(kind, parts, feature.GetProperty("properties").Clone());
    }

    private static List<List<(double, double)>> Paths(JsonElement rings) => [.. rings.EnumerateArray().Select(Path)];

    private static List<(double, double)> Path(JsonElement points) => [.. points.EnumerateArray().Select(Position)];

    private static (double, double) Position(JsonElement point) => (point[0].GetDouble(), point[1].GetDouble());
}
