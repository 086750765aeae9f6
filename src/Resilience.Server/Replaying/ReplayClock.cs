namespace Resilience.Server.Replaying;

/// <summary>
/// The chain's clock in a replay: it begins at a moment, runs faster than real time until the recordings end, then at real speed.
/// Timers and timestamps agree with it. Never goes back. Thread-safe.
/// </summary>
/// <param name="begin">The chain's time now.</param>
/// <param name="speed">Chain seconds per real second; above 0.</param>
/// <param name="until">The chain's time at which the recordings end and the speed falls to 1.</param>
/// <param name="real">Real time.</param>
internal sealed class ReplayClock(DateTimeOffset begin, double speed, DateTimeOffset until, TimeProvider real) : TimeProvider
{
    private readonly long _origin = real.GetTimestamp();
    private readonly TimeSpan _fast = until > begin ? until - begin : TimeSpan.Zero;

    /// <summary>Chain seconds per real second now.</summary>
    internal double Speed => Elapsed < _fast ? speed : 1;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed
    {
        get
        {
            var elapsed = real.GetElapsedTime(_origin);
            var fastFor = _fast / speed;
            return elapsed <= fastFor ? elapsed * speed : _fast + (elapsed - fastFor);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => begin + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new ScaledTimer(this, callback, state, dueTime, period);

    /// <summary>How long something that is due after a chain span takes in real time.</summary>
    internal TimeSpan ToReal(TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
        {
            return span;
        }

        var fastLeft = _fast - Elapsed;
        return fastLeft <= TimeSpan.Zero ? span : span <= fastLeft ? span / speed : (fastLeft / speed) + (span - fastLeft);
    }

    /// <summary>One shot after another on a real timer, so that a period follows the speed.</summary>
    private sealed class ScaledTimer : ITimer
    {
        private readonly ReplayClock _clock;
        private readonly ITimer _timer;
        private TimeSpan _period;

        internal ScaledTimer(ReplayClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _period = period;
            _timer = clock.Real.CreateTimer(
                _ =>
                {
                    if (_period > TimeSpan.Zero)
                    {
                        _timer!.Change(_clock.ToReal(_period), Timeout.InfiniteTimeSpan);
                    }

                    callback(state);
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(clock.ToReal(dueTime), Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            return _timer.Change(_clock.ToReal(dueTime), Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();
    }

    private TimeProvider Real => real;
}
