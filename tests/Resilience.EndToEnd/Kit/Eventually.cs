namespace Resilience.EndToEnd.Kit;

/// <summary>Waiting for something that will happen in another process, with a limit and a reason when it does not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Polls until true; fails with the reason after the limit (30 s unless told).</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> reason, TimeSpan? atMost = null)
    {
        using var limit = new CancellationTokenSource(atMost ?? TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
            {
                Assert.Fail(reason());
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>Polls until the value is there, and returns it.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> find, Func<string> reason, TimeSpan? atMost = null)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, reason, atMost);
        return found!;
    }
}
