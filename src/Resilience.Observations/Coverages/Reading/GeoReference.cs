using NetTopologySuite.Geometries;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Resilience.Observations.Coverages.Reading;

/// <summary>
/// Where a raster's pixels lie (OGC GeoTIFF 1.1, 19-008r4): corners of pixels, counted from the upper left, to longitude and latitude. Read are
/// WGS 84 and what coincides with it within a metre or two, its UTM zones, and Web Mercator; any other system is refused by its number,
/// because a guess puts a flood on the wrong village.
/// </summary>
internal sealed class GeoReference
{
    private const ushort PixelScale = 33550;
    private const ushort Tiepoint = 33922;
    private const ushort Transformation = 34264;
    private const ushort KeyDirectory = 34735;

    /// <summary>Radius of the sphere with the area of the ellipsoid, in metres.</summary>
    private const double AuthalicRadius = 6_371_007.2;

    /// <summary>Web Mercator runs 60,000 km to 540 degrees, and 49,000 km to 89.9 degrees of latitude.</summary>
    private const double FarthestMetres = 70e6;

    private readonly double[] _affine;
    private readonly MathTransform? _toGeographic;
    private readonly bool _isMercator;

    private GeoReference(double[] affine, string crs, MathTransform? toGeographic)
    {
        (_affine, Crs, _toGeographic) = (affine, crs, toGeographic);
        _isMercator = crs == "EPSG:3857";
    }

    /// <summary>Name of the system, for example <c>EPSG:32645</c>.</summary>
    internal string Crs { get; }

    /// <summary>True when the raster's own coordinates are degrees, which may run past 180.</summary>
    internal bool IsGeographic => _toGeographic is null;

    /// <summary>Reads it from the tags. Throws <see cref="RasterFault"/>.</summary>
    internal static GeoReference Read(TiffDirectory tags)
    {
        var keys = Keys(tags.Shorts(KeyDirectory));
        var affine = Affine(tags, isPoint: keys.GetValueOrDefault(1025) == 2);
        return keys.GetValueOrDefault(1024) switch
        {
            2 => keys.GetValueOrDefault(2048) is 4326 or 4258 or 4269
                ? new GeoReference(affine, $"EPSG:{keys[2048]}", null)
                : throw Unknown(keys.GetValueOrDefault(2048)),
            1 when keys.GetValueOrDefault(3072) is var code => new GeoReference(affine, $"EPSG:{code}", Projection(code)),
            _ => throw new RasterFault("no-georeference", "The file does not say in which coordinate system it lies (GeoKey GTModelType)."),
        };
    }

    /// <summary>Longitude and latitude of a corner between pixels; longitudes may lie beyond 180.</summary>
    internal Coordinate At(double column, double row)
    {
        var (x, y) = (_affine[0] + (column * _affine[1]) + (row * _affine[2]), _affine[3] + (column * _affine[4]) + (row * _affine[5]));
        if (_toGeographic is not null)
        {
            (x, y) = Unproject(x, y);
        }

        return double.IsFinite(x) && Math.Abs(x) <= 540 && Math.Abs(y) <= 90.000001
            ? new Coordinate(x, Math.Clamp(y, -90, 90))
            : throw new RasterFault("outside-earth", "The raster reaches beyond the poles or more than once around the earth.");
    }

    // Far from its zone a transverse Mercator has no inverse; the library says so in its own way, or gives some place or other.
    private (double X, double Y) Unproject(double x, double y)
    {
        if (!(Math.Abs(x) <= FarthestMetres && Math.Abs(y) <= FarthestMetres))
        {
            throw OutsideEarth();
        }

        try
        {
            return _toGeographic!.Transform(x, y);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArithmeticException or ArgumentException)
        {
            throw OutsideEarth();
        }
    }

    private RasterFault OutsideEarth() => new("outside-earth", $"The raster reaches to where its coordinate system ({Crs}) has no place on the earth.");

    /// <summary>Size of one pixel of a row in square kilometres.</summary>
    internal double SquareKilometresOfPixel(int row, int width)
    {
        var determinant = Math.Abs((_affine[1] * _affine[5]) - (_affine[2] * _affine[4]));
        var cosine = IsGeographic || _isMercator ? Math.Cos(At(width / 2.0, row + 0.5).Y * Math.PI / 180) : 1;
        const double metresPerDegree = Math.PI / 180 * AuthalicRadius;
        return determinant * (IsGeographic ? metresPerDegree * metresPerDegree * cosine : _isMercator ? cosine * cosine : 1) / 1e6;
    }

    // Six numbers as GDAL orders them: x = a + column·b + row·c, y = d + column·e + row·f.
    private static double[] Affine(TiffDirectory tags, bool isPoint)
    {
        double[] affine;
        if (tags.Doubles(Transformation) is { Length: 16 } matrix)
        {
            affine = [matrix[3], matrix[0], matrix[1], matrix[7], matrix[4], matrix[5]];
        }
        else if (tags.Doubles(PixelScale) is { Length: >= 2 } scale && tags.Doubles(Tiepoint) is { Length: 6 } tie)
        {
            var (across, down) = (scale[0], -Math.Abs(scale[1]));
            affine = [tie[3] - (tie[0] * across), across, 0, tie[4] - (tie[1] * down), 0, down];
        }
        else
        {
            throw new RasterFault("no-georeference", "The file does not say where its pixels lie (one tie point with a scale, or a transformation). Control points alone are not enough: it must be rectified first.");
        }

        // Where the values are those of points, the tie point names the middle of its pixel.
        if (isPoint)
        {
            affine[0] -= (affine[1] + affine[2]) / 2;
            affine[3] -= (affine[4] + affine[5]) / 2;
        }

        return affine.All(double.IsFinite) && Math.Abs((affine[1] * affine[5]) - (affine[2] * affine[4])) > 0
            ? affine
            : throw new RasterFault("no-georeference", "The raster's pixels have no size.");
    }

    private static Dictionary<int, int> Keys(ushort[] directory)
    {
        var keys = new Dictionary<int, int>();
        for (var at = 4; at + 3 < directory.Length; at += 4)
        {
            if (directory[at + 1] == 0)
            {
                keys[directory[at]] = directory[at + 3];
            }
        }

        return keys;
    }

    private static MathTransform Projection(int code)
    {
        ProjectedCoordinateSystem system = code switch
        {
            > 32600 and <= 32660 => ProjectedCoordinateSystem.WGS84_UTM(code - 32600, true),
            > 32700 and <= 32760 => ProjectedCoordinateSystem.WGS84_UTM(code - 32700, false),
            >= 25828 and <= 25838 => ProjectedCoordinateSystem.WGS84_UTM(code - 25800, true),
            3857 => ProjectedCoordinateSystem.WebMercator,
            _ => throw Unknown(code),
        };
        return new CoordinateTransformationFactory().CreateFromCoordinateSystems(system, GeographicCoordinateSystem.WGS84).MathTransform;
    }

    private static RasterFault Unknown(int code) => new(
        "unknown-crs",
        $"The raster lies in coordinate system {(code is 0 or 32767 ? "of its own" : $"EPSG:{code}")}. Read are EPSG:4326, 4258 and 4269, UTM on WGS 84 (326xx, 327xx) or ETRS89 (258xx), and EPSG:3857.");
}
