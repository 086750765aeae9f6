using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Relief.Incidents;

/// <summary>Incidents on the live map. Rejected ones leave it, and those nobody speaks of any more; the list still has them.</summary>
public sealed class IncidentLayer(Store store) : IMapLayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "relief.incidents";

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public Audience Audience => Audience.Coordinator;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReliefDb>();
        var rows = await db.Incidents.Where(incident => incident.LayerVersion > version && (version > 0 || (incident.OnMap && incident.State != IncidentState.Rejected)))
            .OrderBy(incident => incident.LayerVersion).ThenBy(incident => incident.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(incident => incident.State == IncidentState.Rejected || !incident.OnMap
            ? ReliefJson.Gone(incident.Id, incident.LayerVersion)
            : ReliefJson.PointFeature(incident.Id, incident.LayerVersion, incident.Location.Coordinate.X, incident.Location.Coordinate.Y, IncidentView.Of(incident)))];
    }
}
