using Hangfire.Common;
using Hangfire.Server;
using Hangfire.Storage;

namespace Resilience.Server.Jobs;

/// <summary>
/// One turn of a job at a time, over all workers; a turn that finds another running is skipped. (Hangfire's own
/// <c>DisableConcurrentExecution</c> fails the second turn instead, and its retries pile up behind a slow feed.)
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SkipWhileRunningAttribute : JobFilterAttribute, IServerFilter
{
    private const string Held = "resilience.lock";

    /// <inheritdoc/>
    public void OnPerforming(PerformingContext context)
    {
        var job = context.BackgroundJob.Job;
        try
        {
            context.Items[Held] = context.Connection.AcquireDistributedLock($"{job.Method.Name}:{job.Args.OfType<string>().FirstOrDefault()}", TimeSpan.Zero);
        }
        catch (DistributedLockTimeoutException)
        {
            context.Canceled = true;
        }
    }

    /// <inheritdoc/>
    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.TryGetValue(Held, out var held))
        {
            ((IDisposable)held).Dispose();
        }
    }
}
