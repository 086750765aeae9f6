using System.Text.Json;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Basemap;

/// <summary>
/// Reads a TopoJSON of countries. Each arc is projected and weighed once, so neighbours thin their common border alike and no
/// gaps open between them; an arc that two countries use is a border.
/// </summary>
/// <remarks>
/// The file's rings run on across the antimeridian. Here they are unrolled instead of cut: a ring may reach beyond the unit square, and
/// tiles look one world to either side. The ring around the south pole is closed over it.
/// </remarks>
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

            return Unrolled(points);
        })];
    }

    private static ShapePath Unrolled(List<(double Longitude, double Latitude)> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            points[i] = (points[i].Longitude - (360 * Math.Round((points[i].Longitude - points[i - 1].Longitude) / 360)), points[i].Latitude);
        }

        return ShapePath.FromDegrees(points);
    }

    private static ShapePath Ring(JsonElement ring, ShapePath[] arcs, int[] used)
    {
        var (x, y, weight) = (new List<double>(), new List<double>(), new List<double>());
        void Add(double atX, double atY, double weighs)
        {
            x.Add(atX);
            y.Add(atY);
            weight.Add(weighs);
        }

        foreach (var reference in ring.EnumerateArray())
        {
            // ~i is arc i backwards; the first point of each further arc repeats the last of the one before, perhaps a world away.
            var index = reference.GetInt32();
            var arc = arcs[index < 0 ? ~index : index];
            used[index < 0 ? ~index : index]++;
            var worlds = x.Count == 0 ? 0 : Math.Round(x[^1] - arc.X[index < 0 ? ^1 : 0]);
            for (var i = x.Count == 0 ? 0 : 1; i < arc.X.Length; i++)
            {
                var at = index < 0 ? arc.X.Length - 1 - i : i;
                Add(arc.X[at] + worlds, arc.Y[at], arc.Weight[at]);
            }
        }

        if (Math.Abs(x[^1] - x[0]) > 0.5)
        {
            // It went round the world: close it over the pole it goes round.
            var pole = WebMercator.Project(0, y[0] > 0.5 ? -90 : 90).Y;
            Add(x[^1], pole, double.PositiveInfinity);
            Add(x[0], pole, double.PositiveInfinity);
            Add(x[0], y[0], double.PositiveInfinity);
        }

        return new ShapePath([.. x], [.. y], [.. weight]);
    }
}
