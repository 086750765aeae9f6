using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Observations.Feeds;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Observations;

/// <summary>What the host needs of this module: its services and its routes under <c>/observations</c>.</summary>
public static class ObservationsModule
{
    /// <summary>Registers the module; options come from section <c>Observations</c>.</summary>
    public static IServiceCollection AddObservations(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddModuleDb<ObservationsDb>()
            .AddSingleton<ObservationQueries>()
            .AddSingleton<RegisterFeed>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapObservations(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
