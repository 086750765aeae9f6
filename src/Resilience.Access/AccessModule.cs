using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Storage;

namespace Resilience.Access;

/// <summary>What the host needs of this module: its services and its routes under <c>/access</c>.</summary>
public static class AccessModule
{
    /// <summary>Registers the module; options come from section <c>Access</c>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddModuleDb<AccessDb>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
