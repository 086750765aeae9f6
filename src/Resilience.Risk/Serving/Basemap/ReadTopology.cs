using System.Text.Json;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Basemap;

/// <summary>
/// Reads a TopoJSON of countries. Each arc is projected and weighed once, so neighbours thin their common border alike and no
/// gaps open between them; an arc that two countries use is a border.
/// </summary>
internal static class ReadTopology
{
    internal static (List<Shape> Land, List<Shape> Borders) Countries(string file, int fromZoom)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        var arcs = Arcs(root);
        var used = new int[arcs.Length];
        var land = new List<Shape>();
        foreach (var country in root.GetProperty("objects").GetProperty("countries").GetProperty("geometries").EnumerateArray())
        {
            var name = country.GetProperty("properties").GetProperty("name").GetString() ?? "";
            var polygons = country.GetProperty("type").GetString() switch
            {
                "Polygon" => [country.GetProperty("arcs")],
                "MultiPolygon" => country.GetProperty("arcs").EnumerateArray().ToList(),
                _ => new List<JsonElement>(),
            };
            foreach (var polygon in polygons)
            {
                var rings = polygon.EnumerateArray().Select(ring => Ring(ring, arcs, used)).ToArray();
                land.Add(new Shape(ShapeKind.Polygon, rings, [("name", name)], 0, fromZoom));
            }
        }

        var borders = arcs.Where((_, i) => used[i] > 1).Select(arc => new Shape(ShapeKind.Line, [arc], [], 0, fromZoom)).ToList();
        return (land, borders);
    }

    private static ShapePath[] Arcs(JsonElement root)
    {
        var transform = root.GetProperty("transform");
        var (scale, translate) = (transform.GetProperty("scale"), transform.GetProperty("translate"));
        var (sx, sy, tx, ty) = (scale[0].GetDouble(), scale[1].GetDouble(), translate[0].GetDouble(), translate[1].GetDouble());
        return [.. root.GetProperty("arcs").EnumerateArray().Select(arc =>
        {
            var (x, y) = (0, 0);
            var points = new List<(double, double)>(arc.GetArrayLength());
            foreach (var step in arc.EnumerateArray())
            {
                x += step[0].GetInt32();
                y += step[1].GetInt32();
                points.Add((tx + (x * sx), ty + (y * sy)));
            }

            return ShapePath.FromDegrees(points);
        })];
    }

    private static ShapePath Ring(JsonElement ring, ShapePath[] arcs, int[] used)
    {
        var (x, y, weight) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var reference in ring.EnumerateArray())
        {
            // ~i is arc i backwards; the first point of each further arc repeats the last of the one before.
            var index = reference.GetInt32();
            var arc = arcs[index < 0 ? ~index : index];
            used[index < 0 ? ~index : index]++;
            for (var i = x.Count == 0 ? 0 : 1; i < arc.X.Length; i++)
            {
                var at = index < 0 ? arc.X.Length - 1 - i : i;
                x.Add(arc.X[at]);
                y.Add(arc.Y[at]);
                weight.Add(arc.Weight[at]);
            }
        }

        return new ShapePath([.. x], [.. y], [.. weight]);
    }
}
