using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Storage;

namespace Resilience.Reports.Collecting;

/// <summary>
/// Keeps every streaming source open: one loop each, started when the source is registered, reconnecting with growing pauses from
/// where it stopped.
/// </summary>
public sealed partial class StreamSources(Store store, ReadStream read, IOptions<ReportsOptions> options, ILogger<StreamSources> logger) : BackgroundService
{
    private static readonly TimeSpan LookForNew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Reads a stream that ends, to its end, storing batches as it goes: what a headless replay calls.</summary>
    public Task<Ingested> ReadOnceAsync(string sourceId, CancellationToken cancellationToken) => read.ReadAsync(sourceId, once: true, cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Streaming)
        {
            return;
        }

        var open = new Dictionary<string, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var id in await ListStreamsAsync(stoppingToken))
                {
                    if (!open.TryGetValue(id, out var loop) || loop.IsCompleted)
                    {
                        open[id] = Task.Run(() => KeepOpenAsync(id, stoppingToken), stoppingToken);
                    }
                }
            }
#pragma warning disable CA1031 // The database may be restarting: look again.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogLost(logger, exception, "all streams");
            }

            await Task.Delay(LookForNew, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(open.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Opens the source again and again until it is paused or the server stops.</summary>
    private async Task KeepOpenAsync(string sourceId, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested && (await ListStreamsAsync(stopping)).Contains(sourceId))
        {
            try
            {
                var got = await read.ReadAsync(sourceId, once: false, stopping);
                failures = got is { Stored: 0, Known: 0 } ? failures + 1 : 1;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A stream must outlive any error; what went wrong is in the source's health and here.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures++;
                LogLost(logger, exception, sourceId);
            }

            var pause = Backoff.After(sourceId, Math.Max(1, failures), ShortestPause);
            await Task.Delay(pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<string>> ListStreamsAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        return await db.Sources.Where(source => source.Format == RegisterSource.JsonLinesStream && source.State != SourceState.Paused)
            .OrderBy(source => source.Id).Select(source => source.Id).ToListAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source} was lost; it is opened again")]
    private static partial void LogLost(ILogger logger, Exception exception, string source);
}
