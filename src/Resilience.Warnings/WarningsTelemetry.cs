using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Resilience.Warnings;

/// <summary>What the module measures: meter and activity source <c>Resilience.Warnings</c>.</summary>
internal static class WarningsTelemetry
{
    internal const string Name = "Resilience.Warnings";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Alerts issued, by msgType, status and severity.</summary>
    internal static readonly Counter<long> Issued = Meter.CreateCounter<long>("resilience.warnings.issued", "{alert}", "Alerts issued");

    /// <summary>Seconds on the chain's clock a submitted draft waited for its second person.</summary>
    internal static readonly Histogram<double> Approval = Meter.CreateHistogram<double>("resilience.warnings.approval", "s", "Wait for the second person");
}
