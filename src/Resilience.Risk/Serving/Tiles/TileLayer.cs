using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Resilience.Risk.Serving.Tiles;

/// <summary>Shapes under one name, indexed; cut into tiles on demand. Immutable and thread-safe.</summary>
public sealed class TileLayer
{
    /// <summary>Vertices that move the line by less than this many grid steps are left out (a screen pixel is 8 steps).</summary>
    private const double Tolerance = 3;

    private readonly STRtree<Shape> _index = new();

    /// <summary>Indexes the shapes.</summary>
    public TileLayer(string name, IEnumerable<Shape> shapes)
    {
        Name = name;
        foreach (var shape in shapes.Where(shape => !shape.Bounds.IsNull))
        {
            _index.Insert(shape.Bounds, shape);
        }

        _index.Build();
    }

    /// <summary>The layer's name in the tile.</summary>
    public string Name { get; }

    /// <summary>Writes what of the layer shows in the tile, also what reaches over from beyond the antimeridian.</summary>
    public void WriteTo(VectorTile tile, TileAddress address)
    {
        ArgumentNullException.ThrowIfNull(tile);
        var bounds = address.Bounds;
        var layer = tile.Layer(Name);
        foreach (var shift in Worlds)
        {
            var box = new Envelope(bounds.MinX - shift, bounds.MaxX - shift, bounds.MinY, bounds.MaxY);
            foreach (var shape in _index.Query(box).Where(shape => shape.FromZoom <= address.Z && address.Z <= shape.ToZoom))
            {
                Write(layer, shape, address, shift);
            }
        }
    }

    /// <summary>
    /// The worlds to look into: a tile at the edge of the world sees the other edge, and a shape that crosses the antimeridian lies
    /// partly in the next world.
    /// </summary>
    internal static IReadOnlyList<int> Worlds { get; } = [0, -1, 1];

    private static void Write(VectorTile.LayerWriter layer, Shape shape, TileAddress address, int shift)
    {
        double scale = 1 << address.Z;
        var tolerance = Tolerance / (TileAddress.Extent * scale);
        var box = new Envelope(-TileAddress.Buffer, TileAddress.Extent + TileAddress.Buffer, -TileAddress.Buffer, TileAddress.Extent + TileAddress.Buffer);
        var parts = new List<List<Vertex>>();
        foreach (var path in shape.Paths)
        {
            var vertices = new List<Vertex>(path.X.Length);
            for (var i = 0; i < path.X.Length; i++)
            {
                if (path.Weight[i] > tolerance * tolerance)
                {
                    vertices.Add(new Vertex(
                        (((path.X[i] + shift) * scale) - address.X) * TileAddress.Extent, ((path.Y[i] * scale) - address.Y) * TileAddress.Extent));
                }
            }

            switch (shape.Kind)
            {
                case ShapeKind.Point:
                    parts.Add([.. vertices.Where(v => box.Contains(v.X, v.Y))]);
                    break;
                case ShapeKind.Line:
                    parts.AddRange(Clipping.Line(vertices, box));
                    break;
                default:
                    // Hole or not is told by position, so an outer ring that vanished takes its holes along.
                    var ring = Clipping.Ring(vertices, box);
                    if (parts.Count == 0 && !VectorTile.HasArea(ring))
                    {
                        return;
                    }

                    parts.Add(ring);
                    break;
            }
        }

        layer.Add(shape, parts);
    }
}
