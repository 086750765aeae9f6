using Resilience.Access;
using Resilience.Dissemination;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Relief;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;

namespace Resilience.Server;

/// <summary>
/// The whole chain on one page: who takes what from whom. Feeds and posts come in on the left, people who must act see them on
/// the right.
/// </summary>
internal static class WarningChain
{
    internal static IServiceCollection AddWarningChain(this IServiceCollection services, IConfiguration configuration) => services
        .AddAccess(configuration)
        .AddObservations(configuration)
        .AddHazards(configuration)
        .AddRisk(configuration)
        .AddWarnings(configuration)
        .AddDissemination(configuration)
        .AddReports(configuration)
        .AddRelief(configuration)
        .AddHostedService(provider => provider.GetRequiredService<DrainLinks>())
        .AddSingleton<DrainLinks>();

    internal static void WireWarningChain(this ChainRoutes chain)
    {
        // observe ─▶ assess ─▶ warn ─▶ reach
        // listen ─▶ relieve
    }
}
