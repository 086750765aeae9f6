using Microsoft.Extensions.Hosting;

namespace Resilience.Risk.Serving;

/// <summary>Reads basemap and gazetteer right after the start and beside it, so that neither the start nor the first map waits.</summary>
internal sealed class WarmUp(Action warm) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(warm, stoppingToken);
}
