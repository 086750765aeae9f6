using System.Globalization;
using Resilience.Core.Geography;
using Resilience.Warnings;

namespace Resilience.Dissemination.Rendering;

/// <summary>Times as people in an alert's area say them.</summary>
internal sealed class PlaceTime(Gazetteer gazetteer)
{
    /// <summary>The time zone that people in the area's middle live by; UTC where none is known.</summary>
    internal TimeZoneInfo ZoneOf(Alert alert) => alert.Area.IsEmpty ? TimeZoneInfo.Utc : gazetteer.TimeZoneAt(alert.Area.InteriorPoint.Coordinate);

    /// <summary>For example <c>20:00 on Thursday 20 June 2019 (UTC+06:00)</c>.</summary>
    internal static string Say(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : local.ToString("'UTC'zzz", CultureInfo.InvariantCulture);
        return local.ToString($"HH:mm 'on' dddd d MMMM yyyy '({offset})'", CultureInfo.InvariantCulture);
    }
}
