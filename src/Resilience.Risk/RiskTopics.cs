using Resilience.Core.Chain;

namespace Resilience.Risk;

/// <summary>What this module hands over.</summary>
public static class RiskTopics
{
    /// <summary>A zone appeared, changed or was removed. Key: <c>zoneId:version</c>.</summary>
    public static readonly Topic ZoneChanged = new("risk.zone-changed");

    /// <summary>Makes the key of <see cref="ZoneChanged"/>.</summary>
    public static string ZoneKey(Guid zoneId, int version) => $"{zoneId}:{version}";

    /// <summary>Reads the key of <see cref="ZoneChanged"/>.</summary>
    public static (Guid ZoneId, int Version) ReadZoneKey(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return (Guid.Parse(key.AsSpan(0, colon)), int.Parse(key.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture));
    }
}
