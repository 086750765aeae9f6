using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Resilience.Reports.Collecting;

/// <summary>Makes the sources named in configuration known when the server starts.</summary>
internal sealed class RegisterConfiguredSources(RegisterSource register, IOptions<ReportsOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var source in options.Value.Sources)
        {
            await register.UpsertAsync(source, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
