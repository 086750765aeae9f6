using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Resilience.Hazards;

/// <summary>Traces and figures of this module, all named <c>Resilience.Hazards</c>.</summary>
internal static class Telemetry
{
    internal static readonly ActivitySource Source = new("Resilience.Hazards");
    private static readonly Meter Meter = new("Resilience.Hazards");

    internal static readonly Counter<long> Observations = Meter.CreateCounter<long>("resilience.hazards.observations", "{observation}", "Observations looked at.");
    internal static readonly Counter<long> Assessments = Meter.CreateCounter<long>("resilience.hazards.assessments", "{assessment}", "Assessments made, by level.");
    internal static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("resilience.hazards.assess.duration", "s", "Time one batch of keys took.");
}
