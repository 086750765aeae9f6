using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Resilience.Storage.HandingOver;

/// <summary>
/// Drains every link as soon as it is nudged. A lost nudge is found by the sweep (<see cref="SweepAsync"/>), which a Hangfire
/// recurring job calls.
/// </summary>
public sealed partial class DrainLinks(IEnumerable<ILink> links, Nudges nudges, StorageOptions options, ILogger<DrainLinks> logger) : BackgroundService
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);
    private readonly ILink[] _links = [.. links];

    /// <summary>
    /// Drains all links in chain order until none finds anything more; returns how many inputs were handled.
    /// A replay calls this after every step, which makes it deterministic.
    /// </summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var handled = 0;
            foreach (var link in _links)
            {
                handled += await link.DrainAsync(cancellationToken);
            }

            if (handled == 0)
            {
                return total;
            }

            total += handled;
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = _links.Select(link => Task.Run(() => DrainWhenNudgedAsync(link, stoppingToken), stoppingToken));
        if (options.Engine == Engine.Postgres)
        {
            loops = loops.Append(Task.Run(() => ListenAsync(stoppingToken), stoppingToken));
        }

        return Task.WhenAll(loops);
    }

    private async Task DrainWhenNudgedAsync(ILink link, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await link.DrainAsync(stopping);
                await nudges.WaitAsync(link.Name, LookAnyway, TimeProvider.System, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A link must outlive any error: the database may be restarting.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogLoopFailed(logger, exception, link.Name);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Other processes' nudges arrive through LISTEN; a broken connection is opened again.</summary>
    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(options.ConnectionString);
                await connection.OpenAsync(stopping);
                connection.Notification += (_, notification) => nudges.Nudge(notification.Payload);
                await using (var listen = new NpgsqlCommand("LISTEN resilience", connection))
                {
                    await listen.ExecuteNonQueryAsync(stopping);
                }

                while (true)
                {
                    await connection.WaitAsync(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Losing LISTEN costs seconds, never work: try again until told to stop.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogLoopFailed(logger, exception, "LISTEN");
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Loop} stumbled; it goes on in a second")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception, string loop);
}
