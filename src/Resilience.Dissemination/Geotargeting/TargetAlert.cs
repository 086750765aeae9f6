using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Dissemination.Ledger;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;

namespace Resilience.Dissemination.Geotargeting;

/// <summary>
/// The link alert → ledger: who is to be told. The lines follow from alert and subscriptions alone, and commit with the mark
/// that the alert was handled, so a crash can neither lose nor double one.
/// </summary>
public sealed partial class TargetAlert(Store store, AlertQueries alerts, OperatingMode mode, ILogger<TargetAlert> logger) : Link<DisseminationDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Dissemination.TargetAlert";

    /// <summary>One alert a transaction: it may concern a million people.</summary>
    protected override int BatchSize => 1;

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<DisseminationDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            var alert = await alerts.GetAsync(Guid.Parse(key), cancellationToken);
            await StopEarlierAsync(step, alert, cancellationToken);
            if (MayGoOut(alert, mode))
            {
                await QueueAsync(step, alert, cancellationToken);
            }
        }
    }

    /// <summary>Exercise and Test never leave a live server towards citizens; a replay tells its own subscribers, marked EXERCISE.</summary>
    internal static bool MayGoOut(Alert alert, OperatingMode mode) => alert.Status switch
    {
        CapStatus.Actual => !mode.IsReplay,
        CapStatus.Exercise => mode.IsReplay,
        _ => false,
    };

    // What still waits of the thread's earlier messages must not frighten anybody after this one. What a sender holds right now is
    // its to settle; the sender asks whether an alert still counts before every POST.
    private static async Task StopEarlierAsync(Step<DisseminationDb> step, Alert alert, CancellationToken cancellationToken)
    {
        if (alert.MsgType == CapMsgType.Alert)
        {
            return;
        }

        var why = alert.MsgType == CapMsgType.Cancel ? "cancelled before it was sent" : "replaced before it was sent";
        var waiting = step.Db.Deliveries.Where(line => line.ThreadId == alert.ThreadId && line.AlertId != alert.Id && line.State == DeliveryState.Queued && line.LeasedUntil == null);
        await waiting.Where(line => line.Doubtful).ExecuteUpdateAsync(set => set.SetProperty(line => line.State, DeliveryState.Unknown), cancellationToken);
        await waiting.ExecuteUpdateAsync(set => set.SetProperty(line => line.State, DeliveryState.Dropped).SetProperty(line => line.LastAnswer, why), cancellationToken);
    }

    private async Task QueueAsync(Step<DisseminationDb> step, Alert alert, CancellationToken cancellationToken)
    {
        // Everybody an earlier message may have reached hears how it goes on, wherever they are now.
        var reached = alert.MsgType == CapMsgType.Alert
            ? []
            : await step.Db.Deliveries.Where(line => line.ThreadId == alert.ThreadId && line.AlertId != alert.Id
                    && (line.State == DeliveryState.Sent || line.State == DeliveryState.Unknown || line.Doubtful || line.LeasedUntil != null))
                .Select(line => line.SubscriptionId).Distinct().ToHashSetAsync(cancellationToken);
        var subscriptions = await step.Db.Subscriptions.AsNoTracking()
            .Select(row => new Target(row.Id, row.Origin, row.Longitude, row.Latitude)).ToListAsync(cancellationToken);
        IEnumerable<Target> concerned = alert.MsgType == CapMsgType.Cancel
            ? []
            : new CellIndex<Target>(subscriptions.Select(target => (Cell.Of(target.Longitude, target.Latitude), target))).ListConcerned(alert.Area);
        var targets = concerned.Concat(subscriptions.Where(target => reached.Contains(target.Id))).DistinctBy(target => target.Id).ToList();

        var known = await step.Db.Deliveries.Where(line => line.AlertId == alert.Id).Select(line => line.Id).ToHashSetAsync(cancellationToken);
        var now = step.Now;
        foreach (var target in targets)
        {
            var id = StableId.From("dissemination.delivery", alert.Id.ToString(), target.Id.ToString());
            if (!known.Contains(id))
            {
                step.Db.Deliveries.Add(new Delivery
                {
                    Id = id,
                    AlertId = alert.Id,
                    ThreadId = alert.ThreadId,
                    SubscriptionId = target.Id,
                    Origin = target.Origin,
                    State = DeliveryState.Queued,
                    Priority = CapSeverity.Extreme - alert.Severity,
                    QueuedAt = now,
                    ExpiresAt = alert.Expires,
                    NotBefore = DateTimeOffset.UnixEpoch,
                });
            }
        }

        step.Nudge(SendDeliveries.QueuedNudge);
        LogTargeted(logger, alert.Identifier, targets.Count, subscriptions.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identifier} concerns {Targets} of {Subscriptions} subscriptions")]
    private static partial void LogTargeted(ILogger logger, string identifier, int targets, int subscriptions);

    private sealed record Target(Guid Id, string Origin, double Longitude, double Latitude);
}
