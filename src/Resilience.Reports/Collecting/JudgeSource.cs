namespace Resilience.Reports.Collecting;

/// <summary>How a source is doing. Pure.</summary>
internal static class JudgeSource
{
    private static readonly TimeSpan DeadAtLeast = TimeSpan.FromMinutes(10);

    internal static SourceState State(PostSource source, DateTimeOffset now)
    {
        if (source.State == SourceState.Paused)
        {
            return SourceState.Paused;
        }

        if (source.LastGood is not { } good)
        {
            return source.Failures == 0 ? SourceState.New : SourceState.Dead;
        }

        var every = TimeSpan.FromSeconds(source.EverySeconds);
        var silent = now - good;
        return silent > Longer(every * 10, DeadAtLeast) ? SourceState.Dead : silent > every * 3 ? SourceState.Late : SourceState.Ok;
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
