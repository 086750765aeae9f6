using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Resilience.Observations;

/// <summary>What this link tells OpenTelemetry, under the name <c>Resilience.Observations</c>.</summary>
internal static class ObservationsMeter
{
    private const string Name = "Resilience.Observations";
    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Activities { get; } = new(Name);

    internal static Counter<long> Stored { get; } = Meter.CreateCounter<long>("resilience.observations.stored", "{observation}", "Observations newly stored, corrections included.");

    internal static Histogram<double> Delay { get; } = Meter.CreateHistogram<double>("resilience.observations.delay", "s", "From phenomenon time to stored, on the chain's clock.");

    internal static Counter<long> FetchFailures { get; } = Meter.CreateCounter<long>("resilience.observations.fetch_failures", "{failure}", "Polls of a feed that gave nothing usable.");

    internal static Counter<long> Quarantined { get; } = Meter.CreateCounter<long>("resilience.observations.quarantined", "{input}", "Inputs set aside.");
}
