using System.Diagnostics.Metrics;

namespace Resilience.Relief;

/// <summary>Meter <c>Resilience.Relief</c>.</summary>
internal static class Telemetry
{
    private static readonly Meter Meter = new("Resilience.Relief");

    private static readonly Counter<long> MergedReports = Meter.CreateCounter<long>("resilience.relief.reports_merged", description: "Reports that became part of an incident.");

    private static readonly Counter<long> TaskActs = Meter.CreateCounter<long>("resilience.relief.task_acts", description: "Claims, releases and the like.");

    internal static void Merged(int reports) => MergedReports.Add(reports);

    internal static void Acted(string act) => TaskActs.Add(1, new KeyValuePair<string, object?>("act", act));
}
