using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Resilience.Core.Chain;
using Resilience.Server.Jobs;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Server;

/// <summary>Recurring work becomes Hangfire jobs that run by the second and never twice at once.</summary>
public sealed class JobsTest
{
    [Theory]
    [InlineData(1, "* * * * * *")]
    [InlineData(15, "*/15 * * * * *")]
    [InlineData(7, "*/6 * * * * *")]
    [InlineData(60, "0 */1 * * * *")]
    [InlineData(45 * 60, "0 */30 * * * *")]
    [InlineData(90 * 60, "0 0 */1 * * *")]
    [InlineData(86400, "0 0 0 * * *")]
    public void An_interval_becomes_the_cron_expression_nearest_below(int seconds, string cron) =>
        Assert.Equal(cron, ScheduleRecurringWork.Cron(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task Work_registered_by_a_module_runs()
    {
        var work = new CountedWork();
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton<IRecurringWork>(work));
        await Task.WhenAny(work.RanTwice.Task, Task.Delay(TimeSpan.FromSeconds(60)));
        Assert.True(work.RanTwice.Task.IsCompleted, $"Begun {work.Begun} times, ended {work.Ran}; {ThreadPool.ThreadCount} threads for {ThreadPool.PendingWorkItemCount} waiting pieces of work.");
        Assert.Equal(1, work.MostAtOnce);
    }

    [Fact]
    public async Task A_web_process_runs_no_jobs()
    {
        var work = new CountedWork();
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton<IRecurringWork>(work), settings: [("Roles", "web")]);
        Assert.Empty(server.App.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ScheduleRecurringWork>());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_turn_is_taken_once_and_again_after_its_end(Engine engine)
    {
        await using var test = await TestStore.CreateAsync(engine);
        var turns = new TakeTurns(test.Get<StorageOptions>());
        var others = engine == Engine.Postgres ? new TakeTurns(test.Get<StorageOptions>()) : turns;
        await using (var mine = await turns.TryTakeAsync("poll", CancellationToken.None))
        {
            Assert.NotNull(mine);
            Assert.Null(await others.TryTakeAsync("poll", CancellationToken.None));
            await using var another = await others.TryTakeAsync("sweep", CancellationToken.None);
            Assert.NotNull(another);
        }

        await using var next = await others.TryTakeAsync("poll", CancellationToken.None);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_worker_killed_in_its_turn_does_not_keep_the_next_from_its_own()
    {
        await using var test = await TestStore.CreateAsync(Engine.Postgres);
        var turn = await new TakeTurns(test.Get<StorageOptions>()).TryTakeAsync("poll", CancellationToken.None);
        Assert.NotNull(turn);
        await using (var connection = new NpgsqlConnection(test.Get<StorageOptions>().ConnectionString))
        {
            await connection.OpenAsync();
            await using var kill = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
            await kill.ExecuteNonQueryAsync();
        }

        var next = await new TakeTurns(test.Get<StorageOptions>()).TryTakeAsync("poll", CancellationToken.None);
        Assert.NotNull(next);
        await next.DisposeAsync();
        await turn.DisposeAsync();
    }

    private sealed class CountedWork : IRecurringWork
    {
        private int _now;
        private int _begun;
        private int _ran;

        public TaskCompletionSource RanTwice { get; } = new();

        public int MostAtOnce { get; private set; }

        public int Begun => _begun;

        public int Ran => _ran;

        public string Name => "test.counted";

        public TimeSpan Every => TimeSpan.FromSeconds(1);

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _begun);
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            await Task.Delay(1500, cancellationToken);
            Interlocked.Decrement(ref _now);
            if (Interlocked.Increment(ref _ran) == 2)
            {
                RanTwice.SetResult();
            }
        }
    }
}
