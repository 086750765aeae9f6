using NetTopologySuite.Geometries;

namespace Resilience.Risk.Serving.Tiles;

/// <summary>What a shape is; the numbers are those of the vector tile specification.</summary>
public enum ShapeKind
{
    /// <summary>Single points.</summary>
    Point = 1,

    /// <summary>Lines.</summary>
    Line = 2,

    /// <summary>One polygon: its outer ring, then its holes.</summary>
    Polygon = 3,
}

/// <summary>A line or ring in the unit square, each vertex with how much it matters.</summary>
/// <param name="X">West to east.</param>
/// <param name="Y">North to south.</param>
/// <param name="Weight">Squared distance by which the line would be wrong without the vertex; infinite at its ends.</param>
public sealed record ShapePath(double[] X, double[] Y, double[] Weight)
{
    /// <summary>Projects and weighs a line or ring of longitudes and latitudes.</summary>
    public static ShapePath FromDegrees(IReadOnlyList<(double Longitude, double Latitude)> points)
    {
        var x = new double[points.Count];
        var y = new double[points.Count];
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = WebMercator.Project(points[i].Longitude, points[i].Latitude);
        }

        return new ShapePath(x, y, VertexWeights.Of(x, y));
    }
}

/// <summary>One thing to draw, projected and weighed once, cut and thinned for each tile.</summary>
public sealed class Shape
{
    /// <summary>Makes a shape of paths in the unit square.</summary>
    public Shape(ShapeKind kind, ShapePath[] paths, (string Name, object Value)[] properties, ulong id = 0, int fromZoom = 0, int toZoom = 24)
    {
        (Kind, Paths, Properties, Id, FromZoom, ToZoom) = (kind, paths, properties, id, fromZoom, toZoom);
        foreach (var path in paths)
        {
            for (var i = 0; i < path.X.Length; i++)
            {
                Bounds.ExpandToInclude(path.X[i], path.Y[i]);
            }
        }
    }

    /// <summary>What it is.</summary>
    public ShapeKind Kind { get; }

    /// <summary>Its lines or rings.</summary>
    public ShapePath[] Paths { get; }

    /// <summary>Name and value (text, whole number or true/false).</summary>
    public (string Name, object Value)[] Properties { get; }

    /// <summary>Stable feature id below 2⁵³, or 0 for none.</summary>
    public ulong Id { get; }

    /// <summary>First zoom it is drawn at.</summary>
    public int FromZoom { get; }

    /// <summary>Last zoom it is drawn at.</summary>
    public int ToZoom { get; }

    /// <summary>Its bounds in the unit square.</summary>
    public Envelope Bounds { get; } = new();
}
