using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Core.Network;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Administering;
using Resilience.Observations.Feeds.Streams;
using Resilience.Observations.Feeds.Streams.Wis2;
using Resilience.Observations.LiveMap;
using Resilience.Observations.Quality;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Observations.Queries;
using Resilience.Observations.Storing;
using Resilience.Storage;

namespace Resilience.Observations;

/// <summary>What the host needs of this module: its services and its routes under <c>/observations</c>.</summary>
public static class ObservationsModule
{
    /// <summary>Registers the module; options come from section <c>Observations</c>.</summary>
    public static IServiceCollection AddObservations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ObservationsOptions>().Bind(configuration.GetSection("Observations")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(new AllowedHosts(configuration.GetSection(AllowedHosts.Setting).Get<string[]>() ?? []));
        services.AddModuleDb<ObservationsDb>().AddFeedClient();
        services.AddSingleton<ObservationQueries>().AddSingleton<CoverageQueries>().AddSingleton<StoreObservations>();
        services.AddSingleton(provider => provider.GetService<GeodataDirectory>() is { } geodata ? ClimatologyBook.Read(geodata, provider.GetRequiredService<ILogger<ClimatologyBook>>()) : ClimatologyBook.Empty);
        services.AddSingleton<RegisterFeed>().AddSingleton<PauseFeed>().AddSingleton<SetUpFeed>().AddSingleton<TryFeed>().AddSingleton<SampleFeed>().AddSingleton<RemoveFeed>().AddSingleton<FetchPayload>().AddSingleton<FollowIndex>().AddSingleton<PollFeed>();
        services.AddSingleton<BulletinQueries>().AddSingleton(provider => new AreaCodes(provider.GetService<GeodataDirectory>()));
        services.AddSingleton(provider => new PollFeeds(
            provider.GetRequiredService<Store>(), provider.GetRequiredService<PollFeed>(), provider.GetRequiredService<OperatingMode>(),
            provider.GetRequiredService<IOptions<ObservationsOptions>>(), provider.GetRequiredService<ILogger<PollFeeds>>()));
        services.AddSingleton<IRecurringWork>(provider => provider.GetRequiredService<PollFeeds>());
        services.AddRecurringWork<PruneRawPayloads>().AddRecurringWork<JudgeNeighbours>();
        services.AddSingleton<BufrDump>().AddSingleton<DecodeContent>().AddSingleton<IStreamFormat, Wis2Format>().AddSingleton<IStreamFormat, SensorThingsStream>();
        services.AddSingleton<StreamState>().AddSingleton<StoreMessages>().AddSingleton<ListenToFeed>().AddHostedService<ListenToFeeds>();
        services.AddMapLayer<StationsLayer>().AddMapLayer<FeedsLayer>().AddMapLayer<ExtentsLayer>().AddMapHistory<ExtentHistory>().AddMapHistory<StationHistory>().AddMapHistory<FeedHistory>().AddRecurringWork<KeepFeedMoments>();
        return services.AddHostedService<RunFeeds>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapObservations(this IEndpointRouteBuilder routes)
    {
        ObservationEndpoints.Map(routes);
        return routes;
    }
}
