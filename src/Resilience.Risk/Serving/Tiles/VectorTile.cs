using System.Text;

namespace Resilience.Risk.Serving.Tiles;

/// <summary>
/// Writes one tile of the Mapbox Vector Tile specification 2.1 (protobuf). Outer rings come out clockwise on the screen and holes
/// the other way, whatever way they went in; what shrinks to nothing on the grid is left out.
/// </summary>
public sealed class VectorTile
{
    private readonly List<LayerWriter> _layers = [];

    /// <summary>Begins a layer; layers without features are not written.</summary>
    public LayerWriter Layer(string name)
    {
        var layer = new LayerWriter(name);
        _layers.Add(layer);
        return layer;
    }

    /// <summary>The tile; empty when nothing shows in it.</summary>
    public byte[] ToBytes()
    {
        var tile = new ProtobufWriter();
        foreach (var layer in _layers.Where(layer => layer.Features > 0))
        {
            tile.Message(3, layer.Write);
        }

        return tile.ToBytes();
    }

    /// <summary>True when a ring encloses anything on the grid.</summary>
    internal static bool HasArea(List<Vertex> ring) => Area(OnGrid(ring, closed: true)) != 0;

    private static List<(int X, int Y)> OnGrid(List<Vertex> path, bool closed)
    {
        var grid = new List<(int X, int Y)>(path.Count);
        foreach (var vertex in path)
        {
            var at = ((int)Math.Round(vertex.X), (int)Math.Round(vertex.Y));
            if (grid.Count == 0 || grid[^1] != at)
            {
                grid.Add(at);
            }
        }

        if (closed && grid.Count > 1 && grid[0] == grid[^1])
        {
            grid.RemoveAt(grid.Count - 1);
        }

        return grid;
    }

    /// <summary>Twice the signed area; positive is clockwise on a screen, whose y points down.</summary>
    private static long Area(List<(int X, int Y)> ring)
    {
        long area = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            area += ((long)a.X * b.Y) - ((long)b.X * a.Y);
        }

        return area;
    }

    /// <summary>One layer of the tile.</summary>
    public sealed class LayerWriter
    {
        private readonly string _name;
        private readonly ProtobufWriter _features = new();
        private readonly Dictionary<string, int> _keys = [];
        private readonly Dictionary<object, int> _values = [];

        internal LayerWriter(string name) => _name = name;

        /// <summary>How many features it has.</summary>
        public int Features { get; private set; }

        /// <summary>Adds a shape whose lines, rings or points were cut to the tile; nothing when nothing is left of it.</summary>
        internal void Add(Shape shape, List<List<Vertex>> parts) => Add(shape.Kind, parts, shape.Properties, shape.Id);

        internal void Add(ShapeKind kind, List<List<Vertex>> parts, IReadOnlyList<(string Name, object Value)> properties, ulong id)
        {
            var geometry = Geometry(kind, parts);
            if (geometry.Count == 0)
            {
                return;
            }

            var tags = new List<uint>(properties.Count * 2);
            foreach (var (name, value) in properties)
            {
                tags.Add((uint)Index(_keys, name));
                tags.Add((uint)Index(_values, value));
            }

            Features++;
            _features.Message(2, feature =>
            {
                if (id != 0)
                {
                    feature.Varint(1, id);
                }

                feature.Packed(2, tags);
                feature.Varint(3, (ulong)kind);
                feature.Packed(4, geometry);
            });
        }

        internal void Write(ProtobufWriter layer)
        {
            layer.Varint(15, 2);
            layer.Bytes(1, Encoding.UTF8.GetBytes(_name));
            layer.Raw(_features);
            foreach (var key in _keys.Keys)
            {
                layer.Bytes(3, Encoding.UTF8.GetBytes(key));
            }

            foreach (var value in _values.Keys)
            {
                layer.Message(4, written => Value(written, value));
            }

            layer.Varint(5, TileAddress.Extent);
        }

        private static void Value(ProtobufWriter written, object value)
        {
            switch (value)
            {
                case bool flag:
                    written.Varint(7, flag ? 1UL : 0UL);
                    break;
                case int or long:
                    written.Varint(4, unchecked((ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)));
                    break;
                default:
                    written.Bytes(1, Encoding.UTF8.GetBytes((string)value));
                    break;
            }
        }

        private static int Index<T>(Dictionary<T, int> table, T value)
            where T : notnull
        {
            if (!table.TryGetValue(value, out var index))
            {
                table[value] = index = table.Count;
            }

            return index;
        }

        private static List<uint> Geometry(ShapeKind kind, List<List<Vertex>> parts)
        {
            var commands = new List<uint>();
            var (x, y) = (0, 0);
            void To((int X, int Y) at)
            {
                commands.Add(Zigzag(at.X - x));
                commands.Add(Zigzag(at.Y - y));
                (x, y) = at;
            }

            if (kind == ShapeKind.Point)
            {
                var points = parts.SelectMany(part => OnGrid(part, closed: false)).ToList();
                if (points.Count > 0)
                {
                    commands.Add(Command(1, points.Count));
                    points.ForEach(To);
                }

                return commands;
            }

            var outer = true;
            foreach (var part in parts)
            {
                var grid = OnGrid(part, closed: kind == ShapeKind.Polygon);
                var area = kind == ShapeKind.Polygon ? Area(grid) : 0;
                if (kind == ShapeKind.Polygon ? grid.Count < 3 || area == 0 : grid.Count < 2)
                {
                    continue;
                }

                if (kind == ShapeKind.Polygon && area > 0 != outer)
                {
                    grid.Reverse();
                }

                commands.Add(Command(1, 1));
                To(grid[0]);
                commands.Add(Command(2, grid.Count - 1));
                grid.Skip(1).ToList().ForEach(To);
                if (kind == ShapeKind.Polygon)
                {
                    commands.Add(Command(7, 1));
                    outer = false;
                }
            }

            return commands;
        }

        private static uint Command(int id, int count) => ((uint)count << 3) | (uint)id;

        private static uint Zigzag(int value) => (uint)((value << 1) ^ (value >> 31));
    }
}
