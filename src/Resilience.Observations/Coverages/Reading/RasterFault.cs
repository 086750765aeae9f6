namespace Resilience.Observations.Coverages.Reading;

/// <summary>A raster that cannot be read or placed, with a reason for the quarantine and a sentence for people.</summary>
internal sealed class RasterFault(string reason, string message) : Exception(message)
{
    internal string Reason { get; } = reason;
}
