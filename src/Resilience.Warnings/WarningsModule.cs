using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Storage;

namespace Resilience.Warnings;

/// <summary>What the host needs of this module: its services and its routes under <c>/warnings</c>.</summary>
public static class WarningsModule
{
    /// <summary>Registers the module; options come from section <c>Warnings</c>.</summary>
    public static IServiceCollection AddWarnings(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddModuleDb<WarningsDb>().AddSingleton<AlertQueries>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapWarnings(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
