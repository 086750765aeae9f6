using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Core.Network;
using Resilience.Reports.Classifying;
using Resilience.Reports.Collecting;
using Resilience.Reports.Density;
using Resilience.Reports.Locating;
using Resilience.Reports.Serving;
using Resilience.Storage;

namespace Resilience.Reports;

/// <summary>What the host needs of this module: its services and its routes under <c>/reports</c>.</summary>
public static class ReportsModule
{
    /// <summary>Registers the module; options come from section <c>Reports</c>. The gazetteer must be registered too.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReportsOptions>().Bind(configuration.GetSection("Reports")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(new AllowedHosts(configuration.GetSection(AllowedHosts.Setting).Get<string[]>() ?? []));
        services.AddMetrics();
        services.AddHttpClient(PollSources.HttpClientName, client =>
        {
            // Time limits are set per request: a stream stays open for days.
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.DefaultRequestHeaders.UserAgent.ParseAdd("Resilience/0.1 (disaster early warning)");
        }).ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxAutomaticRedirections = 3,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ConnectCallback = (context, cancellationToken) => ConnectPolicy.ConnectAsync(context.DnsEndPoint, provider.GetRequiredService<AllowedHosts>().Contains(context.DnsEndPoint.Host), cancellationToken),
        });
        return services.AddModuleDb<ReportsDb>()
            .AddSingleton<ReportQueries>()
            .AddSingleton<ReportsMeter>()
            .AddCollecting()
            .AddClassifying()
            .AddSingleton<IMapLayer, PostsLayer>()
            .AddSingleton<IMapLayer, FeedsLayer>()
            .AddMapLayer<DensityLayer>().AddMapHistory<DensityHistory>().AddRecurringWork<PublishDensity>()
            .AddSingleton<ForgetOldPosts>().AddSingleton<IRecurringWork>(provider => provider.GetRequiredService<ForgetOldPosts>());
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapReports(this IEndpointRouteBuilder routes)
    {
        ReadReports.Map(routes);
        return routes;
    }

    private static IServiceCollection AddCollecting(this IServiceCollection services) => services
        .AddSingleton<OriginSalt>()
        .AddSingleton<IngestPosts>()
        .AddSingleton<RegisterSource>()
        .AddHostedService<RegisterConfiguredSources>()
        .AddSingleton<PollSources>().AddSingleton<IRecurringWork>(provider => provider.GetRequiredService<PollSources>())
        .AddSingleton<WatchSources>().AddSingleton<IRecurringWork>(provider => provider.GetRequiredService<WatchSources>())
        .AddSingleton<ReadStream>()
        .AddSingleton<StreamSources>().AddHostedService(provider => provider.GetRequiredService<StreamSources>());

    private static IServiceCollection AddClassifying(this IServiceCollection services) => services
        .AddSingleton(provider => new Lazy<PostClassifier>(() => ClassifierFacade.Load(provider.GetRequiredService<IOptions<ReportsOptions>>().Value.Model)))
        .AddSingleton<LocatePost>()
        .AddLink<ClassifyReports>();
}
