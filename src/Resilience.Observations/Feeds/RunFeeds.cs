using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;

namespace Resilience.Observations.Feeds;

/// <summary>
/// Registers the feeds of the configuration when a real server starts (a replay brings its own and must not touch the world), and
/// ends the polls under way when it stops, before the services they use are gone.
/// </summary>
internal sealed class RunFeeds(RegisterFeed register, PollFeeds polls, OperatingMode mode, IOptions<ObservationsOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in mode.IsReplay ? [] : options.Value.Feeds)
        {
            await register.UpsertAsync(feed, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => polls.StopAsync();
}
