using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access;
using Resilience.Storage;
using Resilience.Warnings.Approving;
using Resilience.Warnings.Drafting;
using Resilience.Warnings.Issuing;

namespace Resilience.Warnings;

/// <summary>What the host needs of this module: its services and its routes under <c>/warnings</c>.</summary>
public static class WarningsModule
{
    /// <summary>Registers the module; options come from section <c>Warnings</c> and are checked here, so that a wrong one stops the start and not an alert.</summary>
    public static IServiceCollection AddWarnings(this IServiceCollection services, IConfiguration configuration)
    {
        var options = new WarningsOptions();
        configuration.GetSection("Warnings").Bind(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        services.ConfigureHttpJsonOptions(http => http.SerializerOptions.TypeInfoResolverChain.Insert(0, WarningsJson.Default));
        return services
            .AddSingleton(options)
            .AddModuleDb<WarningsDb>()
            .AddSingleton<AlertQueries>()
            .AddSingleton<DescribeArea>()
            .AddSingleton<WarningPolicy>()
            .AddSingleton<WriteDraft>()
            .AddSingleton<ShowDrafts>()
            .AddSingleton<OpenDraft>()
            .AddSingleton<EditDraft>()
            .AddSingleton<SubmitDraft>()
            .AddSingleton<SendBackDraft>()
            .AddSingleton<ApproveDraft>()
            .AddSingleton<IssueAlert>()
            .AddSingleton<CancelAlert>()
            .AddSingleton<ShowFeed>()
            .AddSingleton<StreamAlerts>()
            .AddLink<DraftAlerts>()
            .AddRecurringWork<ExpireAlerts>()
            .AddMapLayer<AlertLayer>()
            .AddMapHistory<AlertHistory>()
            .AddMapLayer<DraftLayer>();
    }

    /// <summary>Maps the module's endpoints: reading alerts is for everybody, everything else for coordinators.</summary>
    public static IEndpointRouteBuilder MapWarnings(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/warnings").WithTags("warnings");
        ShowAlerts.Map(open);
        ShowFeed.Map(open);
        StreamAlerts.Map(open);
        var desk = open.MapGroup("").RequireAuthorization(Roles.Coordinator);
        OpenDraft.Map(desk);
        EditDraft.Map(desk);
        SubmitDraft.Map(desk);
        SendBackDraft.Map(desk);
        ApproveDraft.Map(desk);
        CancelAlert.Map(desk);
        return routes;
    }
}
