using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access.Auditing;
using Resilience.Access.FirstStart;
using Resilience.Access.People;
using Resilience.Access.Sessions;
using Resilience.Storage;

namespace Resilience.Access;

/// <summary>What the host needs of this module: its services, its middleware and its routes under <c>/access</c>.</summary>
public static class AccessModule
{
    /// <summary>Registers the module; options come from section <c>Access</c>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        SessionCookie.Add(services);
        services.ConfigureHttpJsonOptions(http => http.SerializerOptions.TypeInfoResolverChain.Insert(0, AccessJson.Default));
        return services.AddModuleDb<AccessDb>()
            .AddSingleton<VerifyAudit>()
            .AddSingleton<DemoPeople>()
            .AddSingleton<IssueSetupLink>()
            .AddSingleton<SetUp>()
            .AddSingleton<SignIn>()
            .AddSingleton(new SignInThrottle(TimeProvider.System));
    }

    /// <summary>
    /// Who is calling, whether another site is behind it, and whether they may. Goes after the exception handler and before the
    /// endpoints; replaces <c>UseAuthentication</c> and <c>UseAuthorization</c>.
    /// </summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.UseAuthentication().Use(CrossSiteGuard.InvokeAsync).UseAuthorization();

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        var access = routes.MapGroup("/access").WithTags("access");
        ShowSession.Map(access);
        SignIn.Map(access);
        DemoSignIn.Map(access);
        SetUp.Map(access);
        return routes;
    }
}
