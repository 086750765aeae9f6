using Microsoft.Extensions.Time.Testing;
using Resilience.Risk.Serving;

namespace Resilience.Tests.Risk;

/// <summary>What anybody may ask for again and again is reckoned once.</summary>
public sealed class RememberedTest
{
    private int _reckoned;

    [Fact]
    public async Task However_many_ask_at_once_it_is_reckoned_once_and_after_some_minutes_anew()
    {
        var clock = new FakeTimeProvider();
        using var remembered = new Remembered(clock);
        var begin = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 50).Select(_ => remembered.AskAsync("zone", () => ReckonAsync(begin.Task))).ToList();
        begin.SetResult();
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(1, answer));
        Assert.Equal(2, await remembered.AskAsync("another", () => ReckonAsync(Task.CompletedTask)));
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(1, await remembered.AskAsync("zone", () => ReckonAsync(Task.CompletedTask)));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(3, await remembered.AskAsync("zone", () => ReckonAsync(Task.CompletedTask)));
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_the_next_who_asks()
    {
        using var remembered = new Remembered(new FakeTimeProvider());
        await Assert.ThrowsAsync<TimeoutException>(() => remembered.AskAsync("zone", () => ReckonAsync(Task.FromException(new TimeoutException()))));
        Assert.Equal(2, await remembered.AskAsync("zone", () => ReckonAsync(Task.CompletedTask)));
    }

    private async Task<int> ReckonAsync(Task begin)
    {
        var number = Interlocked.Increment(ref _reckoned);
        await begin;
        return number;
    }
}
