using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Observations.Feeds;

/// <summary>
/// Polls all feeds that are due on the chain's clock, several at once. A feed that stalls is left to finish in the background, so it
/// never delays another; in a replay feeds are polled one after the other in the order of their ids, so that it comes out the same
/// each time.
/// </summary>
public sealed partial class PollFeeds : IRecurringWork, IAsyncDisposable, IDisposable
{
    /// <summary>The named HttpClient all feeds are fetched through; a replay replaces its primary handler.</summary>
    public const string HttpClientName = "observations.feeds";

    private readonly Store _store;
    private readonly PollFeed _poll;
    private readonly OperatingMode _mode;
    private readonly ObservationsOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<string, Task> _running = new();
    private readonly CancellationTokenSource _lifetime = new();

    internal PollFeeds(Store store, PollFeed poll, OperatingMode mode, IOptions<ObservationsOptions> options, ILogger<PollFeeds> logger)
    {
        (_store, _poll, _mode, _options, _logger) = (store, poll, mode, options.Value, logger);
        _places = new SemaphoreSlim(_options.ParallelPolls);
    }

    /// <inheritdoc/>
    public string Name => "observations.poll";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_lifetime.IsCancellationRequested)
        {
            return;
        }

        var due = await ListDueAsync(cancellationToken);
        if (_mode.IsReplay)
        {
            foreach (var feedId in due)
            {
                await _poll.PollAsync(feedId, cancellationToken);
            }
        }
        else
        {
            var started = due.Select(Start).ToList();
            try
            {
                await Task.WhenAll(started).WaitAsync(_options.Patience, TimeProvider.System, cancellationToken);
            }
            catch (TimeoutException)
            {
                LogSlow(_logger, _running.Count);
            }
        }

        await JudgeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lifetime.Cancel();
        _places.Dispose();
    }

    /// <summary>Ends the polls under way; their feeds stay due. No poll starts afterwards.</summary>
    internal async Task StopAsync()
    {
        await _lifetime.CancelAsync();
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits for polls that were left to finish in the background.</summary>
    internal Task WhenIdleAsync() => Task.WhenAll(_running.Values);

    private async Task<List<string>> ListDueAsync(CancellationToken cancellationToken)
    {
        var now = _store.Clock.GetUtcNow();
        await using var db = _store.Read<ObservationsDb>();
        return await db.Feeds.Where(feed => !feed.Paused && feed.RemovedAt == null && feed.Topics == null && feed.NextDue <= now).Select(feed => feed.Id).OrderBy(id => id).ToListAsync(cancellationToken);
    }

    private Task Start(string feedId) => _running.GetOrAdd(feedId, id => Task.Run(async () =>
    {
        var placed = false;
        try
        {
            await _places.WaitAsync(_lifetime.Token);
            placed = true;
            await _poll.PollAsync(id, _lifetime.Token);
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            // Stopping: the feed stays due and is asked again at the next start.
        }
#pragma warning disable CA1031 // Even the database failing under one poll must not take the run down; the feed stays due.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(_logger, exception, id);
        }
        finally
        {
            if (placed)
            {
                _places.Release();
            }

            _running.TryRemove(id, out _);
        }
    }));

    /// <summary>Time alone makes a feed late: its state changes without anything having come.</summary>
    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        var now = _store.Clock.GetUtcNow();
        await using (var db = _store.Read<ObservationsDb>())
        {
            var feeds = await db.Feeds.Where(feed => feed.RemovedAt == null).ToListAsync(cancellationToken);
            if (feeds.TrueForAll(feed => FeedHealth.Judge(feed, now) == feed.State))
            {
                return;
            }
        }

        await using var step = await _store.BeginAsync<ObservationsDb>(cancellationToken);
        foreach (var feed in (await step.Db.Feeds.Where(feed => feed.RemovedAt == null).ToListAsync(cancellationToken)).Where(feed => FeedHealth.Judge(feed, now) != feed.State))
        {
            await FeedHealth.CountAsync(step.Db, feed, now, cancellationToken);
            feed.State = FeedHealth.Judge(feed, now);
            feed.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
        }

        await step.CommitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Still waiting for {Count} feeds; the others go on")]
    private static partial void LogSlow(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling {FeedId} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string feedId);
}
