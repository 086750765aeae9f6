using NetTopologySuite.Geometries;

namespace Resilience.Risk.Serving.Tiles;

/// <summary>
/// The plane of web maps (EPSG:3857) scaled to the unit square: x 0 at 180° W to 1 at 180° E, y 0 at 85.0511° N to 1 at 85.0511° S.
/// </summary>
public static class WebMercator
{
    /// <summary>Where the square ends, in degrees.</summary>
    public const double MaxLatitude = 85.051128779806604;

    /// <summary>Projects; latitudes beyond the square are drawn a little outside it, so that a polar cap closes off the map.</summary>
    public static (double X, double Y) Project(double longitude, double latitude)
    {
        var sin = Math.Sin(Math.Clamp(latitude, -89.5, 89.5) * Math.PI / 180);
        return ((longitude / 360) + 0.5, 0.5 - (0.25 * Math.Log((1 + sin) / (1 - sin)) / Math.PI));
    }

    /// <summary>The longitudes and latitudes a rectangle of the unit square covers; x may lie outside 0..1 and is then outside ±180°.</summary>
    public static Envelope Degrees(double minX, double minY, double maxX, double maxY) =>
        new((minX - 0.5) * 360, (maxX - 0.5) * 360, Latitude(maxY), Latitude(minY));

    private static double Latitude(double y) => (Math.Atan(Math.Exp((0.5 - y) * 2 * Math.PI)) * 360 / Math.PI) - 90;
}

/// <summary>A tile's address; x and y count from the north-west corner.</summary>
public readonly record struct TileAddress(int Z, int X, int Y)
{
    /// <summary>Grid steps along a tile's edge.</summary>
    public const int Extent = 4096;

    /// <summary>Grid steps that a tile knows beyond its edge, so that outlines do not show where tiles meet.</summary>
    public const int Buffer = 64;

    /// <summary>True when there is such a tile.</summary>
    public bool Exists => Z is >= 0 and <= 24 && X >= 0 && Y >= 0 && X < 1 << Z && Y < 1 << Z;

    /// <summary>The tile with its buffer in the unit square.</summary>
    public Envelope Bounds
    {
        get
        {
            double scale = 1 << Z, margin = (double)Buffer / Extent;
            return new((X - margin) / scale, (X + 1 + margin) / scale, (Y - margin) / scale, (Y + 1 + margin) / scale);
        }
    }
}
