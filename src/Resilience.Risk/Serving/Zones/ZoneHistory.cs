using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Risk.Serving.Zones;

/// <summary>The zones as they stood at a moment, from every version ever made.</summary>
public sealed class ZoneHistory(Store store) : IMapHistory
{
    private const string Versions = "SELECT * FROM risk_zone_version";

    /// <inheritdoc/>
    public string Name => AssessRisk.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<RiskDb>();
        var later = db.Zones.FromSqlRaw(Versions).Where(version => version.ChangedAt <= at);
        var zones = await db.Zones.FromSqlRaw(Versions)
            .Where(version => version.ChangedAt <= at && !version.Removed && !later.Any(other => other.Id == version.Id && other.Version > version.Version))
            .OrderBy(version => version.Id).ToListAsync(cancellationToken);
        return [.. zones.Select(zone => new MapFeature(zone.Id.ToString(), zone.LayerVersion, ZoneSnapshot.ToFeature(zone)))];
    }
}
