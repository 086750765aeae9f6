using System.Diagnostics;

namespace Resilience.Server.Jobs;

/// <summary>How long ago the last sweep ended in this process; readiness looks at it. Thread-safe.</summary>
internal sealed class SweepLateness
{
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>A sweep ended now.</summary>
    internal void Swept() => Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());

    /// <summary>Real time since the last sweep, or since the start.</summary>
    internal TimeSpan Since => Stopwatch.GetElapsedTime(Interlocked.Read(ref _last));
}
