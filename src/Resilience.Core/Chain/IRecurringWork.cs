namespace Resilience.Core.Chain;

/// <summary>
/// Housekeeping that a module needs done again and again (polling, expiry, retries). The server runs each as one Hangfire
/// recurring job; a replay calls it by hand. It must be idempotent and handle all that is due in batches: there is never a
/// job per post or per recipient.
/// </summary>
public interface IRecurringWork
{
    /// <summary>The job's name, <c>module.what</c>, unique.</summary>
    string Name { get; }

    /// <summary>How often it runs; at least one second.</summary>
    TimeSpan Every { get; }

    /// <summary>Does what is due now.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
