using System.Globalization;
using Resilience.Hazards.Cascading;

namespace Resilience.Risk.Impact;

/// <summary>Windows of arrival in a zone's reason. Pure.</summary>
internal static class SayArrivals
{
    private const int Most = 6;

    /// <summary>A sentence with a space before it, or nothing.</summary>
    internal static string In(IReadOnlyList<ArrivalWindow> windows)
    {
        var settlements = windows.Where(window => window.Place.Settlement).ToList();
        if (settlements.Count == 0)
        {
            return "";
        }

        var more = settlements.Count > Most ? $"; {settlements.Count - Most} more places further down" : "";
        return $" First water expected: {string.Join("; ", settlements.Take(Most).Select(window => $"{window.Place.Name} {Clock(window.Earliest)} to {Clock(window.Latest)}"))}{more}.";
    }

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
