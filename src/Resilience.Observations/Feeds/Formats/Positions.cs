using System.Globalization;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>Positions as sources write them.</summary>
internal static class Positions
{
    /// <summary>
    /// The point; null when there is none. A latitude beyond 90° that makes a position the other way round is taken that way, and said. Where both
    /// readings are positions nothing tells them apart, and the map must.
    /// </summary>
    internal static Point? Read(double longitude, double latitude, ParsedPayload into)
    {
        if (Wgs84.IsPosition(longitude, latitude))
        {
            return Wgs84.Point(longitude, latitude);
        }

        if (!Wgs84.IsPosition(latitude, longitude))
        {
            return null;
        }

        into.Repair(RepairKinds.AxesSwapped, Say(longitude, latitude), () => Say(latitude, longitude));
        return Wgs84.Point(latitude, longitude);
    }

    private static string Say(double longitude, double latitude) => string.Create(CultureInfo.InvariantCulture, $"longitude {longitude}, latitude {latitude}");
}
