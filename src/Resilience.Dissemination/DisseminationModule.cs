using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Dissemination.Answering;
using Resilience.Storage;

namespace Resilience.Dissemination;

/// <summary>What the host needs of this module: its services and its routes under <c>/dissemination</c>.</summary>
public static class DisseminationModule
{
    /// <summary>Registers the module; options come from section <c>Dissemination</c>.</summary>
    public static IServiceCollection AddDissemination(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DisseminationOptions>().Bind(configuration.GetSection("Dissemination")).ValidateDataAnnotations().ValidateOnStart();
        return services.AddModuleDb<DisseminationDb>().AddSingleton<AnswerQueries>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapDissemination(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
