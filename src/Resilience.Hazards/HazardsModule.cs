using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;
using Resilience.Hazards.Cascading;
using Resilience.Hazards.Forecasting;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Ratings;
using Resilience.Hazards.Recomputing;
using Resilience.Hazards.Relaying;
using Resilience.Hazards.Revising;
using Resilience.Hazards.Rules;
using Resilience.Hazards.Seeing;
using Resilience.Hazards.SettingAside;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;
using Resilience.Storage;

namespace Resilience.Hazards;

/// <summary>What the host needs of this module: its services and its routes under <c>/hazards</c>.</summary>
public static class HazardsModule
{
    /// <summary>Registers the module. A <see cref="GeodataDirectory"/> must be registered; the thresholds are read at first use.</summary>
    public static IServiceCollection AddHazards(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<HazardsDb>()
        .AddSingleton<HazardQueries>()
        .AddSingleton<SetAsideHazard>()
        .AddSingleton(provider => ThresholdBook.Read(provider.GetRequiredService<GeodataDirectory>()))
        .AddSingleton(provider => Reach.ReadAll(provider.GetRequiredService<GeodataDirectory>()))
        .AddSingleton(provider => new RiverGraph(provider.GetRequiredService<IReadOnlyList<Reach>>(), ReadUpstream.From(configuration)))
        .AddSingleton<ListArrivals>()
        .AddSingleton(provider => RatingBook.Read(provider.GetRequiredService<GeodataDirectory>(), provider.GetRequiredService<ILogger<RatingBook>>()))
        .AddSingleton(provider => PeaksBook.Read(provider.GetRequiredService<GeodataDirectory>(), provider.GetRequiredService<ILogger<PeaksBook>>()))
        .AddSingleton<FindFrequency>()
        .AddSingleton<SettingsInForce>()
        .AddSingleton<FindStanding>()
        .AddSingleton<RecomputeAssessment>()
        .AddSingleton<ReplayStored>()
        .AddSingleton<VerifyStored>()
        .AddSingleton<RequestVerification>()
        .AddSingleton<TryThresholds>()
        .AddSingleton<ProposeThresholds>()
        .AddSingleton<DecideThresholds>()
        .AddSingleton<ForecastStation>()
        .AddSingleton<LookUpstream>()
        .AddSingleton<LookBeside>()
        .AddLink<AssessHazards>()
        .AddLink<TakeBulletins>()
        .AddLink<TakeCoverages>()
        .AddRecurringWork<WatchCoverages>()
        .AddRecurringWork<WatchBulletins>()
        .AddRecurringWork<ListenForSilence>()
        .AddRecurringWork<RunVerifications>()
        .AddRecurringWork<VerifyThresholds>()
        .AddMapLayer<AssessmentLayer>()
        .AddMapLayer<RevisionLayer>()
        .AddMapHistory<AssessmentHistory>()
        .AddMapHistory<ForecastMap>();

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapHazards(this IEndpointRouteBuilder routes)
    {
        ShowHazards.Map(routes);
        var group = routes.MapGroup("/hazards").WithTags("Hazards");
        ListArrivals.Map(group);
        ForecastStation.Map(group);
        ShowFrequency.Map(group);
        VerifyStored.Map(group);
        RequestVerification.Map(group);
        RecomputeAssessment.Map(group);
        SetAsideHazard.Map(group);
        ReviseThresholds.Map(group);
        return routes;
    }
}
