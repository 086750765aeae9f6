using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;

namespace Resilience.Observations.Feeds;

/// <summary>Registers the feeds of the configuration when a real server starts. A replay brings its own and must not touch the world.</summary>
internal sealed class RegisterConfiguredFeeds(RegisterFeed register, OperatingMode mode, IOptions<ObservationsOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in mode.IsReplay ? [] : options.Value.Feeds)
        {
            await register.UpsertAsync(feed, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
