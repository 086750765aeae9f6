using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hangfire;
using Resilience.Core.Chain;
using Resilience.Storage.HandingOver;

namespace Resilience.Server.Jobs;

/// <summary>
/// What Hangfire calls. A piece of work that still runs is skipped, never run twice at once; a failure is retried twice within the
/// minute and then left to the next turn, which comes anyway.
/// </summary>
internal sealed class RunRecurringWork(IEnumerable<IRecurringWork> work, DrainLinks links, SweepLateness lateness, TakeTurns turns)
{
    private static readonly Meter Meter = new("Resilience.Server");
    private static readonly Histogram<double> Took = Meter.CreateHistogram<double>("resilience.server.job.duration", "s", "How long one turn of a recurring job took.");

    private readonly Dictionary<string, IRecurringWork> _work = work.ToDictionary(w => w.Name);

    /// <summary>Runs one module's work by name.</summary>
    [AutomaticRetry(Attempts = 2, DelaysInSeconds = [2, 20], LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TryTakeAsync(name, cancellationToken);
        if (turn is null)
        {
            return;
        }

        var begun = Stopwatch.GetTimestamp();
        await _work[name].RunAsync(cancellationToken);
        Took.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, KeyValuePair.Create<string, object?>("job", name));
    }

    /// <summary>Finds work whose nudge was lost.</summary>
    [AutomaticRetry(Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TryTakeAsync("server.sweep", cancellationToken);
        if (turn is not null)
        {
            await links.SweepAsync(cancellationToken);
            lateness.Swept();
        }
    }
}
