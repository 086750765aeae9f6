using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;

namespace Resilience.Dissemination.Ledger;

/// <summary>
/// Empties the queue: claims lines under a lease, sends, writes down what became of them. At least once on the wire, once to
/// the eye: a line whose sender died is sent again with the same Topic and tag.
/// </summary>
/// <remarks>
/// Leases and pauses run on real time, because push services do; whether an alert still counts is asked of the chain's clock.
/// </remarks>
public sealed partial class SendDeliveries(
    Store store, AlertQueries alerts, PostPush push, Nudges nudges, IOptions<DisseminationOptions> options, ILogger<SendDeliveries> logger) : BackgroundService, IRecurringWork
{
    /// <summary>The nudge that says there is something in the queue.</summary>
    public const string QueuedNudge = "dissemination.queued";

    // Few enough that a crash sends few messages twice, enough that commits do not hold up the sending.
    private const int WriteDownEvery = 100;

    private readonly ClaimDeliveries _claim = new(store);
    private readonly OriginShares _shares = new(options.Value.WebPush.PerOrigin);
    private readonly ConcurrentDictionary<Task, bool> _batches = new();

    /// <summary>Real time, for leases and pauses; a test sets its own.</summary>
    internal TimeProvider RealTime { get; set; } = TimeProvider.System;

    /// <inheritdoc/>
    string IRecurringWork.Name => "dissemination.send";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(15);

    /// <summary>Sends all that is due now and waits for the answers; returns how many lines were tried.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var tried = 0;
        while (await _claim.ClaimAsync(_shares.ListBusy(), RealTime.GetUtcNow(), cancellationToken) is { Count: > 0 } claimed)
        {
            tried += claimed.Count;
            await SendAsync(claimed, cancellationToken);
        }

        return tried;
    }

    /// <summary>The sweep: writes off what expired while it waited, counts the queue, and makes sure that the sender looks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (realNow, chainNow) = (RealTime.GetUtcNow(), store.Clock.GetUtcNow());
        await using (var step = await store.BeginAsync<DisseminationDb>(cancellationToken))
        {
            var late = step.Db.Deliveries.Where(line => line.State == DeliveryState.Queued && line.ExpiresAt <= chainNow && (line.LeasedUntil == null || line.LeasedUntil <= realNow));
            await late.Where(line => line.Doubtful || line.LeasedUntil != null)
                .ExecuteUpdateAsync(set => set.SetProperty(line => line.State, DeliveryState.Unknown).SetProperty(line => line.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
            await late.ExecuteUpdateAsync(set => set.SetProperty(line => line.State, DeliveryState.Undelivered), cancellationToken);
            var queue = step.Db.Deliveries.Where(line => line.State == DeliveryState.Queued);
            var oldest = await queue.OrderBy(line => line.QueuedAt).Select(line => (DateTimeOffset?)line.QueuedAt).FirstOrDefaultAsync(cancellationToken);
            Telemetry.Backlog(await queue.CountAsync(cancellationToken), oldest is { } since ? chainNow - since : TimeSpan.Zero);
            await step.CommitAsync(cancellationToken);
        }

        nudges.Nudge(QueuedNudge);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await _claim.ClaimAsync(_shares.ListBusy(), RealTime.GetUtcNow(), stoppingToken);
                if (claimed.Count > 0)
                {
                    // Not awaited: the next batch may be for another service while this one hangs.
                    Track(SendAndLogAsync(claimed, stoppingToken));
                    continue;
                }

                await nudges.WaitAsync(QueuedNudge, TimeSpan.FromSeconds(2), TimeProvider.System, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The sender must outlive any error: the database may be restarting.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogStumbled(logger, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // What was accepted in the last moment is still written down, so that the next start does not send it again.
        await Task.WhenAll(_batches.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Track(Task batch)
    {
        _batches[batch] = true;
        _ = batch.ContinueWith(done => _batches.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task SendAndLogAsync(IReadOnlyList<Delivery> claimed, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(claimed, cancellationToken);
        }
#pragma warning disable CA1031 // The lease ends by itself and the lines are sent again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogStumbled(logger, exception);
        }
    }

    private async Task SendAsync(IReadOnlyList<Delivery> claimed, CancellationToken cancellationToken)
    {
        using var held = _shares.Hold(claimed);
        var wanted = claimed.Select(line => line.SubscriptionId).Distinct().ToList();
        Dictionary<Guid, Subscription> phones;
        await using (var db = store.Read<DisseminationDb>())
        {
            phones = await db.Subscriptions.Where(phone => wanted.Contains(phone.Id)).ToDictionaryAsync(phone => phone.Id, cancellationToken);
        }

        var fresh = new FreshAlerts(alerts);
        await Task.WhenAll(claimed.GroupBy(line => line.Origin).Select(origin => SendToOriginAsync([.. origin], phones, fresh, cancellationToken)));
    }

    /// <summary>One push service's lines of a batch: written down as they come, whatever the other services do.</summary>
    private async Task SendToOriginAsync(IReadOnlyList<Delivery> lines, Dictionary<Guid, Subscription> phones, FreshAlerts fresh, CancellationToken cancellationToken)
    {
        var finished = new List<(Delivery Line, PushOutcome? Outcome)>();
        try
        {
            await foreach (var one in Task.WhenEach(lines.Select(line => SendLineAsync(line, phones.GetValueOrDefault(line.SubscriptionId), fresh, cancellationToken))).WithCancellation(CancellationToken.None))
            {
                finished.Add(await one);
                if (finished.Count == WriteDownEvery)
                {
                    await WriteDownAsync(finished);
                    finished.Clear();
                }
            }
        }
        finally
        {
            await WriteDownAsync(finished);
        }
    }

    private async Task<(Delivery Line, PushOutcome? Outcome)> SendLineAsync(Delivery line, Subscription? phone, FreshAlerts fresh, CancellationToken cancellationToken)
    {
        if (phone is null)
        {
            return (line, new PushOutcome(PushVerdict.Gone, "unsubscribed"));
        }

        using var slot = await _shares.TakeAsync(line.Origin, cancellationToken);
        if (RealTime.GetUtcNow() + options.Value.WebPush.Timeout >= line.LeasedUntil)
        {
            return (line, new PushOutcome(PushVerdict.NotTried, "the push service is slow; it waits for its turn"));
        }

        var alert = await fresh.GetAsync(line.AlertId, cancellationToken);
        return (line, StillCounts(alert, store.Clock.GetUtcNow()) ? await PostAsync(alert, phone, cancellationToken) : null);
    }

    private static bool StillCounts(Alert alert, DateTimeOffset now) =>
        alert.Expires > now && (alert.State == AlertState.InForce || alert.MsgType == CapMsgType.Cancel);

    private async Task<PushOutcome> PostAsync(Alert alert, Subscription phone, CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        var message = new PushNotice(
            PushPayload.ForAlert(alert, phone.Language, options.Value.PublicUrl), PostPush.TopicFor(alert.ThreadId),
            Urgent: alert.Urgency == CapUrgency.Immediate || alert.Severity >= CapSeverity.Severe, alert.Expires - now);
        var outcome = await push.SendAsync(phone, message, cancellationToken);
        if (outcome.Verdict == PushVerdict.TooLarge)
        {
            var brief = message with { Payload = PushPayload.ForAlert(alert, phone.Language, options.Value.PublicUrl, brief: true), PaddedTo = PushMessage.BriefPaddedTo };
            outcome = await push.SendAsync(phone, brief, cancellationToken);
        }

        Telemetry.Tried(alert, outcome.Verdict, now);
        return outcome;
    }

    // Not cancelled by a shutdown: what is known must not be forgotten.
    private async Task WriteDownAsync(List<(Delivery Line, PushOutcome? Outcome)> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        var (realNow, chainNow) = (RealTime.GetUtcNow(), store.Clock.GetUtcNow());
        var ids = outcomes.Select(o => o.Line.Id).ToList();
        await using var step = await store.BeginAsync<DisseminationDb>(CancellationToken.None);
        var rows = await step.Db.Deliveries.Where(line => ids.Contains(line.Id)).ToDictionaryAsync(line => line.Id);
        foreach (var (line, outcome) in outcomes)
        {
            // A sender that was asleep past its lease no longer has a say about the line.
            if (rows.TryGetValue(line.Id, out var row) && row.LeasedUntil == line.LeasedUntil)
            {
                SettleDelivery.Settle(row, outcome, chainNow, realNow);
            }
        }

        var gone = outcomes.Where(o => o.Outcome?.Verdict == PushVerdict.Gone).Select(o => o.Line.SubscriptionId).ToList();
        await step.Db.Subscriptions.Where(phone => gone.Contains(phone.Id)).ExecuteDeleteAsync();
        await step.CommitAsync(CancellationToken.None);

        // A later message of the same thread may have waited for these.
        nudges.Nudge(QueuedNudge);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending stumbled; lines under lease are sent again")]
    private static partial void LogStumbled(ILogger logger, Exception exception);
}
