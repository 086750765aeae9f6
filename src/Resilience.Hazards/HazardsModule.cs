using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Hazards.Queries;
using Resilience.Storage;

namespace Resilience.Hazards;

/// <summary>What the host needs of this module: its services and its routes under <c>/hazards</c>.</summary>
public static class HazardsModule
{
    /// <summary>Registers the module; options come from section <c>Hazards</c>.</summary>
    public static IServiceCollection AddHazards(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddModuleDb<HazardsDb>().AddSingleton<HazardQueries>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapHazards(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
