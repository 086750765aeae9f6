namespace Resilience.Server.Replaying;

/// <summary>
/// The chain's clock in a headless replay: it stands still until it is set. Timers run in real time, for what is timed there is
/// the machine, not the world.
/// </summary>
internal sealed class SteppedClock(DateTimeOffset begin) : TimeProvider
{
    private long _utcTicks = begin.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _utcTicks), TimeSpan.Zero);

    /// <summary>Moves on; never back.</summary>
    internal void Set(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, GetUtcNow());
        Interlocked.Exchange(ref _utcTicks, time.UtcTicks);
    }
}
