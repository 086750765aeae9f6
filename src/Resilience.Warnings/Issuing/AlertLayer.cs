using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Warnings.Issuing;

/// <summary>Alerts in force on everybody's map; they leave it when cancelled, superseded or expired. Cancel messages never enter it.</summary>
internal sealed class AlertLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => AlertRows.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        var alerts = version > 0
            ? db.Alerts.Where(alert => alert.LayerVersion > version)
            : db.Alerts.Where(alert => alert.State == AlertState.InForce);
        return [.. (await alerts.OrderBy(alert => alert.LayerVersion).ThenBy(alert => alert.Sent).ToListAsync(cancellationToken)).Select(alert => new MapFeature(
            alert.Id.ToString(),
            alert.LayerVersion,
            alert.State == AlertState.InForce ? Features.Write(alert.Id, alert.Area, AlertProperties.Of(alert), WarningsJson.Default.AlertProperties) : default))];
    }
}
