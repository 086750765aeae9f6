namespace Resilience.Server.LiveMap;

/// <summary>The chain's time as the faces see it.</summary>
/// <param name="clock">The chain's clock.</param>
/// <param name="speed">Chain seconds per real second now.</param>
internal sealed class LiveClock(TimeProvider clock, Func<double> speed)
{
    /// <summary>The chain's time.</summary>
    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Chain seconds per real second.</summary>
    internal double Speed => speed();
}
