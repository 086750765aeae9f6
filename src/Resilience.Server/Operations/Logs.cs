using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Resilience.Server.Operations;

/// <summary>
/// Structured logs on standard output: lines for a person at a terminal, JSON (one event a line) when
/// <c>Logs:Json</c> is true. No request bodies, no positions of citizens, no secrets are ever logged.
/// </summary>
internal static class Logs
{
    internal static void AddLogs(this WebApplicationBuilder builder)
    {
        var minimum = builder.Configuration.GetValue("Logs:Level", LogEventLevel.Information);
        builder.Services.AddSerilog(logs =>
        {
            logs.MinimumLevel.Is(minimum)
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", minimum)
                // Said on every first start: key files are protected by their owner-only mode.
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                // What a probe finds is in its answer, what a hub refuses in the caller's, why a feed was retried in its health.
                .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
                .MinimumLevel.Override("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogEventLevel.Fatal)
                .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
                .MinimumLevel.Override("Polly", LogEventLevel.Fatal)
                .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
                .Enrich.FromLogContext();
            if (builder.Configuration.GetValue("Logs:Json", false))
            {
                logs.WriteTo.Console(new RenderedCompactJsonFormatter());
            }
            else
            {
                logs.WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}", formatProvider: System.Globalization.CultureInfo.InvariantCulture);
            }
        });
    }
}
