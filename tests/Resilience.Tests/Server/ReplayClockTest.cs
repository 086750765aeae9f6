using Microsoft.Extensions.Time.Testing;
using Resilience.Server.Replaying;

namespace Resilience.Tests.Server;

/// <summary>The replay's clock runs fast until the recordings end, and everything timed by it agrees.</summary>
public sealed class ReplayClockTest
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Begin);

    [Fact]
    public void It_runs_fast_and_falls_back_to_real_speed_at_the_end()
    {
        var clock = new ReplayClock(Begin, 60, Begin.AddHours(1), _real);
        _real.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Begin.AddMinutes(30), clock.GetUtcNow());
        Assert.Equal(60, clock.Speed);

        _real.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(Begin.AddHours(1).AddSeconds(10), clock.GetUtcNow());
        Assert.Equal(1, clock.Speed);
    }

    [Fact]
    public void Timestamps_agree_with_the_time()
    {
        var clock = new ReplayClock(Begin, 60, Begin.AddHours(1), _real);
        var stamp = clock.GetTimestamp();
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromMinutes(10), clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void A_timer_is_due_when_the_clock_says_so_also_across_the_change_of_speed()
    {
        var clock = new ReplayClock(Begin, 60, Begin.AddMinutes(10), _real);
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(2));
        for (var second = 0; second < 200; second++)
        {
            _real.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([Begin.AddMinutes(9), Begin.AddMinutes(11), Begin.AddMinutes(13)], fired);
    }
}
