using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Resilience.Server.Operations;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can warn; 503 with the reasons when a feed went stale, a
/// sweep is late, work piles up between links, the disk fills or the database does not answer.
/// </summary>
internal static class Health
{
    internal static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(5))
        .AddCheck<DiskCheck>("disk", timeout: TimeSpan.FromSeconds(5))
        .AddCheck<FeedsCheck>("feeds", timeout: TimeSpan.FromSeconds(5))
        .AddCheck<SweepCheck>("sweep", timeout: TimeSpan.FromSeconds(5))
        .AddCheck<BacklogCheck>("backlog", timeout: TimeSpan.FromSeconds(5));

    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new HealthAnswer(
        report.Status.ToString(),
        [.. report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => new HealthReason(entry.Key, entry.Value.Description ?? entry.Value.Exception?.GetType().Name ?? "failed"))]));
}

/// <summary>The answer of a health probe; no reasons when all is well.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthReason> Reasons);

/// <summary>Why the server is not ready, in words for the person on call.</summary>
internal sealed record HealthReason(string Check, string Reason);
