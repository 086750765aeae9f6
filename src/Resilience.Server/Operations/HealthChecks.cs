using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Resilience.Core.Chain;
using Resilience.Server.Jobs;
using Resilience.Storage;

namespace Resilience.Server.Operations;

/// <summary>The database answers and has this program's schema.</summary>
internal sealed class DatabaseCheck(Migrator migrator) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Applies nothing when all is applied; refuses a database that a newer program has taken over.
            await migrator.MigrateAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
#pragma warning disable CA1031 // Whatever the database says, the answer is "not ready" and why.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"The database does not answer or has another schema: {exception.GetType().Name}.");
        }
    }
}

/// <summary>
/// What is written in the data directory has room. A full disk refuses every alert and every call for help, and until then nothing
/// looks wrong. On PostgreSQL the database's own disk is its operator's to watch.
/// </summary>
internal sealed class DiskCheck(StorageOptions storage, IConfiguration configuration) : IHealthCheck
{
    /// <summary>200 MB: at a busy village's pace weeks, at a country's still hours.</summary>
    private const long LeastFreeMegabytes = 200;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var least = configuration.GetValue("Health:LeastFreeMegabytes", LeastFreeMegabytes);
        var free = new DriveInfo(Path.GetFullPath(storage.DataDirectory)).AvailableFreeSpace / 1_000_000;
        return Task.FromResult(free >= least
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"The disk of the data directory has {free} MB left; below {least} MB is too little.")));
    }
}

/// <summary>No feed is late or dead, by what the feeds' own layers say.</summary>
internal sealed class FeedsCheck(IEnumerable<IMapLayer> layers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stale = new List<string>();
        foreach (var layer in layers.Where(layer => layer.Name.EndsWith(".feeds", StringComparison.Ordinal)))
        {
            foreach (var feature in await layer.ListChangedSinceAsync(0, cancellationToken))
            {
                using var json = JsonDocument.Parse(feature.Json);
                var feed = json.RootElement.GetProperty("properties");
                if (feed.GetProperty("state").GetString() is "Late" or "Dead")
                {
                    stale.Add($"{feed.GetProperty("name").GetString()} is {feed.GetProperty("state").GetString()!.ToLowerInvariant()}");
                }
            }
        }

        return stale.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{string.Join("; ", stale)}.");
    }
}

/// <summary>The sweep runs; without it a lost nudge would cost more than seconds. Only a worker sweeps.</summary>
internal sealed class SweepCheck(ServerOptions server, SweepLateness lateness) : IHealthCheck
{
    /// <summary>Four missed turns.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !server.Worker || lateness.Since < Late
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"The last sweep ended {lateness.Since.TotalSeconds:0} s ago; it is due every 15 s.")));
}

/// <summary>What links hand over is taken within a minute; what keeps failing is named.</summary>
internal sealed class BacklogCheck(ListBacklog backlog) : IHealthCheck
{
    /// <summary>Handing over takes milliseconds; a minute means a link stands still.</summary>
    internal static readonly TimeSpan TooOld = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var late = (await backlog.ListAsync(cancellationToken)).Where(link => link.Oldest > TooOld).ToList();
        return late.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join("; ", late.Select(link => string.Create(CultureInfo.InvariantCulture, $"{link.Count} wait for {link.Link}, the oldest for {link.Oldest.TotalSeconds:0} s{(link.LastError is null ? "" : $", last error {link.LastError}")}"))) + ".");
    }
}
