using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Observations.Storing;
using Resilience.Storage;

namespace Resilience.Observations.Feeds;

/// <summary>Forgets raw answers, quarantine entries, counts of quality and old areas of rasters after their time. Observations themselves stay.</summary>
public sealed class PruneRawPayloads(Store store, IOptions<ObservationsOptions> options) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "observations.prune";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var (payloads, quarantine) = (step.Now - options.Value.RawKeptFor, step.Now - options.Value.QuarantineKeptFor);
        await step.Db.Payloads.Where(row => row.LastReceivedAt < payloads).ExecuteDeleteAsync(cancellationToken);
        await step.Db.Quarantine.Where(row => row.LastReceivedAt < quarantine).ExecuteDeleteAsync(cancellationToken);
        await step.Db.Notifications.Where(row => row.ReceivedAt < payloads).ExecuteDeleteAsync(cancellationToken);
        var days = CountQuality.Day(step.Now - options.Value.QuarantineKeptFor);
        await step.Db.Findings.Where(row => string.Compare(row.Day, days) < 0).ExecuteDeleteAsync(cancellationToken);
        await step.Db.FeedDays.Where(row => string.Compare(row.Day, days) < 0).ExecuteDeleteAsync(cancellationToken);
        var coverages = step.Now - options.Value.CoveragesKeptFor;
        await step.Db.Extents.Where(row => step.Db.Coverages.Any(coverage => coverage.Id == row.CoverageId && !coverage.Newest && coverage.ReceivedAt < coverages)).ExecuteDeleteAsync(cancellationToken);
        await step.Db.Coverages.Where(row => !row.Newest && row.ReceivedAt < coverages).ExecuteDeleteAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }
}
