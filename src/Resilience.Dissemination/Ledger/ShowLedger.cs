using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Dissemination.Ledger;

/// <summary>How an alert has got on, channel by channel.</summary>
public sealed record LedgerAnswer(IReadOnlyList<ChannelCount> Channels);

/// <summary>
/// One channel's figures. Sent means that the service took it, confirmed that a person's device said so; unknown is never
/// counted as either.
/// </summary>
public sealed record ChannelCount(string Channel, int Queued, int Sent, int Confirmed, int Failed, int Unknown);

/// <summary>GET /dissemination/alerts/{id}/ledger</summary>
internal sealed class ShowLedger(Store store)
{
    internal async Task<LedgerAnswer> HandleAsync(Guid alertId, CancellationToken cancellationToken)
    {
        await using var db = store.Read<DisseminationDb>();
        var counts = await db.Deliveries.Where(line => line.AlertId == alertId)
            .GroupBy(line => line.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        int Of(params DeliveryState[] states) => states.Sum(state => counts.GetValueOrDefault(state));

        // Web Push tells whether the service took a message, not whether anybody saw it: confirmed stays 0.
        return new LedgerAnswer([new ChannelCount(
            "push", Of(DeliveryState.Queued), Of(DeliveryState.Sent), 0, Of(DeliveryState.Failed, DeliveryState.Undelivered), Of(DeliveryState.Unknown))]);
    }
}
