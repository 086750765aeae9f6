using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Reports.Collecting;
using Resilience.Storage;

namespace Resilience.Reports;

/// <summary>What the host needs of this module: its services and its routes under <c>/reports</c>.</summary>
public static class ReportsModule
{
    /// <summary>Registers the module; options come from section <c>Reports</c>.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        return services.AddModuleDb<ReportsDb>()
            .AddSingleton<ReportQueries>()
            .AddSingleton<ReportsMeter>()
            .AddSingleton<OriginSalt>()
            .AddSingleton<IngestPosts>()
            .AddSingleton<RegisterSource>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapReports(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
