using Resilience.Access;
using Resilience.Dissemination;
using Resilience.Dissemination.Ledger;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Relief;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;

namespace Resilience.Server;

/// <summary>
/// The whole chain on one page: who takes what from whom. Feeds and posts come in on the left, people who must act see them on
/// the right.
/// </summary>
internal static class WarningChain
{
    internal static IServiceCollection AddWarningChain(this IServiceCollection services, IConfiguration configuration, bool worker) => services
        .AddAccess(configuration)
        .AddObservations(configuration)
        .AddHazards(configuration)
        .AddRisk(configuration)
        .AddWarnings(configuration)
        .AddDissemination(configuration)
        .AddReports(configuration)
        .AddRelief(configuration)
        .AddSingleton<DrainLinks>()
        .AddHostedService(provider => worker ? provider.GetRequiredService<DrainLinks>() : ListenOnly(provider))
        .AddPushSender(worker);

    private static IServiceCollection AddPushSender(this IServiceCollection services, bool worker) =>
        worker ? services.AddHostedService(provider => provider.GetRequiredService<SendDeliveries>()) : services;

    /// <summary>A process that only answers people hears the nudges, for its live map, and leaves the work to the workers.</summary>
    private static DrainLinks ListenOnly(IServiceProvider provider) => new(
        [], provider.GetRequiredService<Nudges>(), provider.GetRequiredService<StorageOptions>(), provider.GetRequiredService<ILogger<DrainLinks>>());

    internal static void WireWarningChain(this ChainRoutes chain)
    {
        // observe ─▶ assess ─▶ warn ─▶ reach
        chain.Add(ObservationTopics.Stored, "Hazards.AssessHazards");
        chain.Add(HazardTopics.SilenceDue, "Hazards.AssessHazards");
        chain.Add(ObservationTopics.BulletinStored, "Hazards.TakeBulletins");
        chain.Add(HazardTopics.BulletinDue, "Hazards.TakeBulletins");
        chain.Add(ObservationTopics.CoverageStored, "Hazards.TakeCoverages");
        chain.Add(HazardTopics.CoverageDue, "Hazards.TakeCoverages");
        chain.Add(HazardTopics.Assessed, "Risk.AssessRisk");
        chain.Add(RiskTopics.ZoneChanged, "Warnings.DraftAlerts");
        chain.Add(WarningTopics.Issued, "Dissemination.TargetAlert");
        // listen ─▶ relieve
        chain.Add(ReportTopics.Collected, "Reports.ClassifyReports");
        chain.Add(ReportTopics.Classified, "Relief.MergeIncidents");
        chain.Add(DisseminationTopics.Answered, "Relief.TakeAnswers");
        chain.Add(RiskTopics.ZoneChanged, "Relief.WarnTasks");
    }
}
