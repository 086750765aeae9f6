using Hangfire;
using Hangfire.Storage;
using Resilience.Core.Chain;

namespace Resilience.Server.Jobs;

/// <summary>Registers the recurring jobs at start and takes away those whose work does not exist any more.</summary>
internal sealed class ScheduleRecurringWork(IRecurringJobManager jobs, JobStorage storage, IEnumerable<IRecurringWork> work) : IHostedService
{
    /// <summary>A lost nudge costs this long at most.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Relaxed };
        var names = new HashSet<string> { "server.sweep" };
        jobs.AddOrUpdate<RunRecurringWork>("server.sweep", run => run.SweepAsync(CancellationToken.None), Cron(SweepEvery), options);
        foreach (var one in work)
        {
            names.Add(one.Name);
            jobs.AddOrUpdate<RunRecurringWork>(one.Name, run => run.RunAsync(one.Name, CancellationToken.None), Cron(one.Every), options);
        }

        using var connection = storage.GetConnection();
        foreach (var id in connection.GetRecurringJobs().Select(job => job.Id).Where(id => !names.Contains(id)))
        {
            jobs.RemoveIfExists(id);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The cron expression (with seconds) nearest to an interval from below: 7 s and 90 min become 6 s and 1 h.</summary>
    internal static string Cron(TimeSpan every)
    {
        var seconds = (int)Math.Max(1, every.TotalSeconds);
        return seconds switch
        {
            1 => "* * * * * *",
            < 60 => $"*/{Divisor(seconds, 60)} * * * * *",
            < 3600 => $"0 */{Divisor(seconds / 60, 60)} * * * *",
            < 86400 => $"0 0 */{Divisor(seconds / 3600, 24)} * * *",
            _ => "0 0 0 * * *",
        };
    }

    private static int Divisor(int wanted, int of)
    {
        var divisor = Math.Min(wanted, of);
        while (of % divisor != 0)
        {
            divisor--;
        }

        return divisor;
    }
}
