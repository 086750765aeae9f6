using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Storage;

namespace Resilience.Relief;

/// <summary>What the host needs of this module: its services and its routes under <c>/relief</c>.</summary>
public static class ReliefModule
{
    /// <summary>Registers the module; options come from section <c>Relief</c>.</summary>
    public static IServiceCollection AddRelief(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddModuleDb<ReliefDb>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapRelief(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
