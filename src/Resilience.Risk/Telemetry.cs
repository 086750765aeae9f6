using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Resilience.Risk;

/// <summary>Traces and figures of this module, all named <c>Resilience.Risk</c>.</summary>
internal static class Telemetry
{
    internal static readonly ActivitySource Source = new("Resilience.Risk");
    private static readonly Meter Meter = new("Resilience.Risk");

    internal static readonly Counter<long> Zones = Meter.CreateCounter<long>("resilience.risk.zones", "{version}", "Versions of zones made.");
    internal static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("resilience.risk.assess.duration", "s", "Time one batch of assessments took.");
    internal static readonly Histogram<double> TileSeconds = Meter.CreateHistogram<double>("resilience.risk.tile.duration", "s", "Time one basemap tile took to make; cached tiles are not counted.");
}
