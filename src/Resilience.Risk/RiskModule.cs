using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Storage;

namespace Resilience.Risk;

/// <summary>What the host needs of this module: its services and its routes under <c>/risk</c>.</summary>
public static class RiskModule
{
    /// <summary>Registers the module; options come from section <c>Risk</c>.</summary>
    public static IServiceCollection AddRisk(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddModuleDb<RiskDb>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapRisk(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
