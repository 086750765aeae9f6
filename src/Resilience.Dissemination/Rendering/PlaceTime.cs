using System.Globalization;
using Resilience.Core.Geography;
using Resilience.Warnings;

namespace Resilience.Dissemination.Rendering;

/// <summary>Times as people in an alert's area say them.</summary>
internal sealed class PlaceTime(Gazetteer gazetteer, WarningsOptions options)
{
    private const double NearEnoughKm = 200;

    /// <summary>The time zone of the country of the town nearest to the area's middle; UTC where none is known.</summary>
    internal TimeZoneInfo ZoneOf(Alert alert)
    {
        var country = alert.Area.IsEmpty ? null : gazetteer.Nearest(alert.Area.InteriorPoint.Coordinate, NearEnoughKm)?.CountryCode;
        return country is not null && options.TimeZones.TryGetValue(country, out var id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    /// <summary>For example <c>20:00 on Thursday 20 June 2019 (UTC+06:00)</c>.</summary>
    internal static string Say(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : local.ToString("'UTC'zzz", CultureInfo.InvariantCulture);
        return local.ToString($"HH:mm 'on' dddd d MMMM yyyy '({offset})'", CultureInfo.InvariantCulture);
    }
}
