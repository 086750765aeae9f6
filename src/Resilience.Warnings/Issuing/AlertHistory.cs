using Microsoft.EntityFrameworkCore;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Warnings.Issuing;

/// <summary>The alerts people were to act on at a moment, or will be unless something ends them first.</summary>
internal sealed class AlertHistory(Store store) : IMapHistory
{
    /// <inheritdoc/>
    public string Name => AlertRows.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        var alerts = await db.Alerts
            .Where(alert => alert.MsgType != CapMsgType.Cancel && alert.Sent <= at && alert.Expires > at && (alert.EndedAt == null || alert.EndedAt > at))
            .OrderBy(alert => alert.Sent).ThenBy(alert => alert.Id).ToListAsync(cancellationToken);
        return [.. alerts.Select(alert => new MapFeature(
            alert.Id.ToString(), alert.LayerVersion, Features.Write(alert.Id, alert.Area, AlertProperties.Of(alert), WarningsJson.Default.AlertProperties)))];
    }
}
