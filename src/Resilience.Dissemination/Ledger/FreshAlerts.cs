using System.Collections.Concurrent;
using System.Diagnostics;
using Resilience.Warnings;

namespace Resilience.Dissemination.Ledger;

/// <summary>
/// The alerts of a batch, read again when older than a second: a batch may take a minute at a slow push service, and a retracted
/// alert must stop being sent at once.
/// </summary>
internal sealed class FreshAlerts(AlertQueries alerts)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, (Task<Alert> Alert, long ReadAt)> _read = new();

    internal Task<Alert> GetAsync(Guid id, CancellationToken cancellationToken) => _read.AddOrUpdate(
        id,
        _ => Read(id, cancellationToken),
        (_, known) => Stopwatch.GetElapsedTime(known.ReadAt) < GoodFor ? known : Read(id, cancellationToken)).Alert;

    private (Task<Alert> Alert, long ReadAt) Read(Guid id, CancellationToken cancellationToken) => (alerts.GetAsync(id, cancellationToken), Stopwatch.GetTimestamp());
}
