using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// Keeps every feed that pushes connected: one loop each, begun when the feed is set up, ended when it is paused, changed or removed, and
/// reconnecting with growing pauses. In a replay nothing is connected.
/// </summary>
internal sealed partial class ListenToFeeds(Store store, ListenToFeed listen, OperatingMode mode, IOptions<ObservationsOptions> options, ILogger<ListenToFeeds> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mode.IsReplay || !options.Value.Streaming)
        {
            return;
        }

        var open = new Dictionary<string, (string Signature, CancellationTokenSource Stop, Task Loop)>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MatchAsync(open, stoppingToken);
            }
#pragma warning disable CA1031 // The database may be restarting: look again.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogLook(logger, exception);
            }

            // Real time: brokers know nothing of the chain's clock.
            await Task.Delay(options.Value.StreamRetryDelay * 5, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(open.Values.Select(one => one.Loop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task MatchAsync(Dictionary<string, (string Signature, CancellationTokenSource Stop, Task Loop)> open, CancellationToken stopping)
    {
        List<Feed> wanted;
        await using (var db = store.Read<ObservationsDb>())
        {
            wanted = await db.Feeds.AsNoTracking().Where(feed => feed.Topics != null && !feed.Paused && feed.RemovedAt == null).ToListAsync(stopping);
        }

        foreach (var (id, one) in open.ToList())
        {
            if (one.Loop.IsCompleted || wanted.Find(feed => feed.Id == id) is not { } feed || Signature(feed) != one.Signature)
            {
                await one.Stop.CancelAsync();
                await one.Loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                one.Stop.Dispose();
                open.Remove(id);
            }
        }

        foreach (var feed in wanted.Where(feed => !open.ContainsKey(feed.Id)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            open[feed.Id] = (Signature(feed), stop, Task.Run(() => KeepOpenAsync(feed.Id, stop.Token, stopping), CancellationToken.None));
        }
    }

    private async Task KeepOpenAsync(string feedId, CancellationToken stop, CancellationToken serverStops)
    {
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            try
            {
                failures = await listen.ListenAsync(feedId, stop, serverStops) ? 1 : failures + 1;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A listener must outlive any error; what is wrong with the broker stands in the feed's health.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures++;
                LogLost(logger, exception, feedId);
            }

            await Task.Delay(Pause(failures, options.Value.StreamRetryDelay), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Doubles up to five minutes, then spread over its upper half: subscribers of one broker must not all come back in one second.</summary>
    internal static TimeSpan Pause(int failures, TimeSpan first)
    {
        var longest = Math.Min(LongestPause.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 20)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (RandomNumberGenerator.GetInt32(501) / 1000.0)));
    }

    private static string Signature(Feed feed) =>
        string.Join('\n', feed.Readings, feed.ClientId, feed.Format, feed.Stations, feed.StationPrefix, feed.TimeShift, feed.Exercise, feed.Topics);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feeds that push could not be listed; looking again")]
    private static partial void LogLook(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening to {FeedId} was interrupted; it is taken up again")]
    private static partial void LogLost(ILogger logger, Exception exception, string feedId);
}
