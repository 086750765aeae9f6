using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Resilience.Core.Geography;

/// <summary>
/// WGS 84 longitude/latitude in degrees (SRID 4326), x = longitude, y = latitude: the only coordinates that cross a module's
/// boundary. Metres appear inside named functions only.
/// </summary>
public static class Wgs84
{
    /// <summary>Mean Earth radius in metres (IUGG R1). Great-circle distances on it are within 0.6 % of the ellipsoid.</summary>
    public const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>The one geometry factory: SRID 4326, double precision.</summary>
    public static GeometryFactory Factory { get; } = NtsGeometryServices.Instance.CreateGeometryFactory(srid: 4326);

    /// <summary>A point, or an <see cref="ArgumentOutOfRangeException"/> outside ±180° / ±90° or for NaN.</summary>
    public static Point Point(double longitude, double latitude)
    {
        if (!IsPosition(longitude, latitude))
        {
            throw new ArgumentOutOfRangeException(nameof(longitude), $"({longitude}, {latitude}) is not a longitude and latitude in degrees.");
        }

        return Factory.CreatePoint(new Coordinate(longitude, latitude));
    }

    /// <summary>True for a finite longitude within ±180° and latitude within ±90°.</summary>
    public static bool IsPosition(double longitude, double latitude) =>
        double.IsFinite(longitude) && double.IsFinite(latitude) && Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90;

    /// <summary>Great-circle distance in metres (haversine).</summary>
    public static double DistanceMetres(Coordinate a, Coordinate b)
    {
        double lat1 = ToRadians(a.Y), lat2 = ToRadians(b.Y);
        var sinLat = Math.Sin((lat2 - lat1) / 2);
        var sinLon = Math.Sin(ToRadians(b.X - a.X) / 2);
        var h = (sinLat * sinLat) + (Math.Cos(lat1) * Math.Cos(lat2) * sinLon * sinLon);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>The point at a distance (m) and initial bearing (degrees clockwise from north) along the great circle.</summary>
    public static Coordinate Destination(Coordinate from, double bearingDegrees, double distanceMetres)
    {
        double lat = ToRadians(from.Y), lon = ToRadians(from.X), bearing = ToRadians(bearingDegrees), arc = distanceMetres / EarthRadiusMetres;
        var lat2 = Math.Asin((Math.Sin(lat) * Math.Cos(arc)) + (Math.Cos(lat) * Math.Sin(arc) * Math.Cos(bearing)));
        var lon2 = lon + Math.Atan2(Math.Sin(bearing) * Math.Sin(arc) * Math.Cos(lat), Math.Cos(arc) - (Math.Sin(lat) * Math.Sin(lat2)));
        var degrees = lon2 * 180 / Math.PI;
        return new Coordinate(degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees, lat2 * 180 / Math.PI);
    }

    /// <summary>
    /// A polygon around a circle of the given radius (m) on the sphere, counter-clockwise. Near the antimeridian or a pole the
    /// ring would wrap; such circles are refused with <see cref="ArgumentOutOfRangeException"/> rather than drawn wrong.
    /// </summary>
    public static Polygon Circle(Coordinate centre, double radiusMetres, int segments = 64)
    {
        var ring = new Coordinate[segments + 1];
        for (var i = 0; i < segments; i++)
        {
            ring[i] = Destination(centre, -360.0 * i / segments, radiusMetres);
            if (Math.Abs(ring[i].X - centre.X) > 180)
            {
                throw new ArgumentOutOfRangeException(nameof(centre), "The circle crosses the antimeridian or a pole.");
            }
        }

        ring[segments] = ring[0].Copy();
        return Factory.CreatePolygon(ring);
    }

    private static double ToRadians(double degrees) => degrees * Math.PI / 180;
}
