using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Resilience.Storage.HandingOver;

/// <summary>One link of the chain as the host sees it: something that can be drained.</summary>
public interface ILink
{
    /// <summary>The link's name, <c>Module.Verb</c>, for example <c>Hazards.AssessHazards</c>.</summary>
    string Name { get; }

    /// <summary>Handles all work that waits and is due; returns how many inputs were handled. Idempotent; safe to call from several places.</summary>
    Task<int> DrainAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Base of a link: takes handed-over keys in order and in batches, and lets the module decide in one transaction what they
/// become. A key whose handling throws is retried alone with growing pauses and never blocks or loses the others.
/// </summary>
public abstract partial class Link<TDb>(Store store, ILogger logger) : ILink
    where TDb : ModuleDb
{
    /// <summary>Longest pause between two attempts at a key that keeps failing.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>How many keys one transaction takes at most.</summary>
    /// <value>200: large enough that commits do not dominate, small enough that one takes well under a second.</value>
    protected virtual int BatchSize => 200;

    /// <summary>
    /// Decides and stores what the keys become. Everything written through <paramref name="step"/> commits together with the mark
    /// that the keys were handled; the same key may come again after a crash and must then lead to the same rows.
    /// Keys come in the order they were handed over and may repeat within a batch.
    /// </summary>
    protected abstract Task HandleAsync(Step<TDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var handled = 0;
        while (true)
        {
            var (taken, failed) = await TryBatchAsync(BatchSize, cancellationToken);
            handled += failed ? 0 : taken;
            if (failed)
            {
                // One of them is poison: go through them singly so that only it waits.
                for (var i = 0; i < taken; i++)
                {
                    var (_, alone) = await TryBatchAsync(1, cancellationToken);
                    handled += alone ? 0 : 1;
                }
            }

            if (taken == 0)
            {
                return handled;
            }
        }
    }

    private async Task<(int Taken, bool Failed)> TryBatchAsync(int size, CancellationToken cancellationToken)
    {
        List<HandedOver> batch = [];
        try
        {
            await using var step = await store.BeginAsync<TDb>(cancellationToken);
            if (!await store.TryLockLinkAsync(step.Db, Name, cancellationToken))
            {
                return (0, false);
            }

            var now = step.Now;
            batch = await step.Db.HandedOver.AsTracking()
                .Where(row => row.Link == Name && row.NotBefore <= now)
                .OrderBy(row => row.Id).Take(size).ToListAsync(cancellationToken);
            if (batch.Count == 0)
            {
                return (0, false);
            }

            step.Db.HandedOver.RemoveRange(batch);
            await HandleAsync(step, [.. batch.Select(row => row.Key)], cancellationToken);
            await step.CommitAsync(cancellationToken);
            return (batch.Count, false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, exception, Name, batch.Count);
            if (batch.Count == 0)
            {
                throw;
            }

            if (size == 1)
            {
                await PostponeAsync(batch[0], exception, cancellationToken);
            }

            return (batch.Count, true);
        }
    }

    private async Task PostponeAsync(HandedOver row, Exception exception, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<TDb>(cancellationToken);
        var attempts = row.Attempts + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, attempts)));
        var notBefore = step.Now + pause;
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        await step.Db.HandedOver.Where(r => r.Id == row.Id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Attempts, attempts).SetProperty(r => r.NotBefore, notBefore).SetProperty(r => r.LastError, reason),
            cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Link} failed on a batch of {Count}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string link, int count);
}
