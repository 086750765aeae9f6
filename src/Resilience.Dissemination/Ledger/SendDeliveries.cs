using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;
using Resilience.Warnings.Cap;

namespace Resilience.Dissemination.Ledger;

/// <summary>
/// Empties the queue: claims lines under a lease, sends, writes down what became of them. At least once on the wire, once to
/// the eye: a line whose sender died is sent again with the same Topic and tag.
/// </summary>
/// <remarks>
/// Leases and pauses run on real time, because push services do; whether an alert still counts is asked of the chain's clock.
/// Each push service has its own share of POSTs under way, so one that hangs holds up only its own.
/// </remarks>
public sealed partial class SendDeliveries(
    Store store, AlertQueries alerts, PostPush push, Nudges nudges, IOptions<DisseminationOptions> options, ILogger<SendDeliveries> logger) : BackgroundService, IRecurringWork
{
    /// <summary>The nudge that says there is something in the queue.</summary>
    public const string QueuedNudge = "dissemination.queued";

    private const int BatchSize = 500;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, int> _underWay = new();

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
        while (await ClaimAsync(cancellationToken) is { Count: > 0 } claimed)
        {
            tried += claimed.Count;
            await SendAsync(claimed, cancellationToken);
        }

        return tried;
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        // The loop below does the work; the sweep only makes sure that it looks.
        nudges.Nudge(QueuedNudge);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimAsync(stoppingToken);
                if (claimed.Count > 0)
                {
                    // Not awaited: the next batch may be for another service while this one hangs.
                    _ = Task.Run(() => SendAndLogAsync(claimed, stoppingToken), stoppingToken);
                    continue;
                }

                await nudges.WaitAsync(QueuedNudge, TimeSpan.FromSeconds(2), TimeProvider.System, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The sender must outlive any error: the database may be restarting.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogStumbled(logger, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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

    /// <summary>Takes due lines, most endangered first, and holds them under a lease. Lines of a push service that has its share under way wait.</summary>
    private async Task<IReadOnlyList<Delivery>> ClaimAsync(CancellationToken cancellationToken)
    {
        var share = options.Value.WebPush.PerOrigin;
        var busy = _underWay.Where(origin => origin.Value >= share).Select(origin => origin.Key).ToList();
        var now = RealTime.GetUtcNow();
        await using (var db = store.Read<DisseminationDb>())
        {
            if (!await Due(db.Deliveries, now, busy).AnyAsync(cancellationToken))
            {
                return [];
            }
        }

        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        if (!step.Db.IsSqlite)
        {
            // Two senders must not take the same line; on SQLite there is one.
            await step.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('dissemination.claim'))", cancellationToken);
        }

        var claimed = await Due(step.Db.Deliveries, now, busy).OrderBy(line => line.Priority).ThenBy(line => line.NotBefore).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var line in claimed)
        {
            line.Attempts++;
            line.NotBefore = now + Lease;
        }

        await step.CommitAsync(cancellationToken);
        foreach (var line in claimed)
        {
            _underWay.AddOrUpdate(line.Origin, 1, (_, count) => count + 1);
        }

        return claimed;
    }

    private static IQueryable<Delivery> Due(IQueryable<Delivery> lines, DateTimeOffset now, List<string> busy) =>
        lines.Where(line => line.State == DeliveryState.Queued && line.NotBefore <= now && !busy.Contains(line.Origin));

    private async Task SendAsync(IReadOnlyList<Delivery> claimed, CancellationToken cancellationToken)
    {
        try
        {
            var (alertsById, phones) = await LoadAsync(claimed, cancellationToken);
            var outcomes = await Task.WhenAll(claimed.Select(async line =>
            {
                var alert = alertsById[line.AlertId];
                var outcome = !phones.TryGetValue(line.SubscriptionId, out var phone) ? new PushOutcome(PushVerdict.Gone, "unsubscribed")
                    : !StillCounts(alert, store.Clock.GetUtcNow()) ? null
                    : await SendOneAsync(alert, phone, cancellationToken);
                return (line, outcome);
            }));
            await WriteDownAsync(outcomes, cancellationToken);
        }
        finally
        {
            foreach (var line in claimed)
            {
                _underWay.AddOrUpdate(line.Origin, 0, (_, count) => count - 1);
            }
        }
    }

    private static bool StillCounts(Alert alert, DateTimeOffset now) =>
        alert.Expires > now && (alert.State == AlertState.InForce || alert.MsgType == CapMsgType.Cancel);

    private async Task<PushOutcome> SendOneAsync(Alert alert, Subscription phone, CancellationToken cancellationToken)
    {
        var payload = PushPayload.ForAlert(alert, phone.Language, options.Value.PublicUrl);
        var urgent = alert.Urgency == CapUrgency.Immediate || alert.Severity >= Core.CapSeverity.Severe;
        var outcome = await push.SendAsync(phone, payload, PostPush.TopicFor(alert.ThreadId), urgent, alert.Expires - store.Clock.GetUtcNow(), cancellationToken);
        if (outcome.Verdict == PushVerdict.Accepted)
        {
            Telemetry.Accepted(alert, store.Clock.GetUtcNow());
        }

        return outcome;
    }

    private async Task<(Dictionary<Guid, Alert> Alerts, Dictionary<Guid, Subscription> Phones)> LoadAsync(IReadOnlyList<Delivery> claimed, CancellationToken cancellationToken)
    {
        var alertsById = new Dictionary<Guid, Alert>();
        foreach (var id in claimed.Select(line => line.AlertId).Distinct())
        {
            alertsById[id] = await alerts.GetAsync(id, cancellationToken);
        }

        var wanted = claimed.Select(line => line.SubscriptionId).Distinct().ToList();
        await using var db = store.Read<DisseminationDb>();
        return (alertsById, await db.Subscriptions.Where(phone => wanted.Contains(phone.Id)).ToDictionaryAsync(phone => phone.Id, cancellationToken));
    }

    private async Task WriteDownAsync(IReadOnlyList<(Delivery Line, PushOutcome? Outcome)> outcomes, CancellationToken cancellationToken)
    {
        var (realNow, chainNow) = (RealTime.GetUtcNow(), store.Clock.GetUtcNow());
        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        foreach (var (line, outcome) in outcomes)
        {
            Settle(line, outcome, chainNow, realNow);
            step.Db.Update(line);
        }

        var gone = outcomes.Where(o => o.Outcome?.Verdict == PushVerdict.Gone).Select(o => o.Line.SubscriptionId).ToList();
        if (gone.Count > 0)
        {
            await step.Db.Subscriptions.Where(phone => gone.Contains(phone.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        await step.CommitAsync(cancellationToken);
    }

    /// <summary>What a line becomes. Pure.</summary>
    /// <param name="line">The line, changed in place.</param>
    /// <param name="outcome">What the push service said; null when the alert stopped counting before the POST.</param>
    /// <param name="chainNow">Now, as the alert's expiry counts it.</param>
    /// <param name="realNow">Now, as pauses count it.</param>
    internal static void Settle(Delivery line, PushOutcome? outcome, DateTimeOffset chainNow, DateTimeOffset realNow)
    {
        line.LastAnswer = outcome?.Answer ?? line.LastAnswer ?? "over before it was sent";
        line.Doubtful |= outcome?.Verdict == PushVerdict.Doubtful;
        switch (outcome?.Verdict)
        {
            case PushVerdict.Accepted:
                line.State = DeliveryState.Sent;
                line.AcceptedAt = realNow;
                break;
            case PushVerdict.Gone or PushVerdict.Refused:
                line.State = DeliveryState.Failed;
                break;
            case null:
                line.State = line.Doubtful ? DeliveryState.Unknown : line.ExpiresAt <= chainNow ? DeliveryState.Undelivered : DeliveryState.Dropped;
                break;
            default:
                var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(line.Attempts, 16))));
                line.NotBefore = realNow + (outcome.RetryAfter is { } asked && asked > pause ? asked : pause);
                if (line.ExpiresAt <= chainNow)
                {
                    line.State = line.Doubtful ? DeliveryState.Unknown : DeliveryState.Undelivered;
                }

                break;
        }

        Debug.Assert(line.State != DeliveryState.Queued || line.NotBefore > realNow, "A line that stays queued waits at least a moment.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending stumbled; lines under lease are sent again")]
    private static partial void LogStumbled(ILogger logger, Exception exception);
}
