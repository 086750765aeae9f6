namespace Resilience.Core.Chain;

/// <summary>
/// Whether the chain runs on the world or on a recording. It is decided once at start and never changes while the process
/// lives, so that no path can mix the two up.
/// </summary>
/// <param name="IsReplay">True when recorded or drilled input is played back: every alert then carries status Exercise.</param>
public sealed record OperatingMode(bool IsReplay)
{
    /// <summary>The real server.</summary>
    public static OperatingMode Live { get; } = new(IsReplay: false);

    /// <summary>A replay or drill; nothing goes to the public as Actual.</summary>
    public static OperatingMode Replay { get; } = new(IsReplay: true);
}
