using Resilience.Core;

namespace Resilience.Reports.Collecting;

/// <summary>How long to leave a failing source alone. Pure.</summary>
internal static class Backoff
{
    /// <summary>Longest pause unless the source asks for more.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Doubles with every failure, spread by ±20 % so that sources behind one broken line do not come back at once. The spread
    /// follows from the source's id, which keeps a replay the same every time. A Retry-After up to a day is honoured.
    /// </summary>
    internal static TimeSpan After(string sourceId, int failures, TimeSpan every, TimeSpan? retryAfter = null)
    {
        var spread = 0.8 + (0.4 * StableId.From("reports.backoff", sourceId, $"{failures}").ToByteArray()[0] / 255);
        var doubled = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, every.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20))) * spread);
        var asked = retryAfter is { } wish && wish < TimeSpan.FromDays(1) ? wish : TimeSpan.Zero;
        return doubled > asked ? doubled : asked;
    }
}
