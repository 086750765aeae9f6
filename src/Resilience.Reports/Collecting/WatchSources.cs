using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Reports.Collecting;

/// <summary>Notices a source that has fallen silent: silence writes nothing by itself.</summary>
public sealed class WatchSources(Store store) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "reports.watch-sources";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        await using (var db = store.Read<ReportsDb>())
        {
            if ((await db.Sources.ToListAsync(cancellationToken)).TrueForAll(source => JudgeSource.State(source, now) == source.State))
            {
                return;
            }
        }

        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var version = await step.NextLayerVersionAsync(ReportLayers.Feeds, cancellationToken);
        foreach (var source in await step.Db.Sources.ToListAsync(cancellationToken))
        {
            var state = JudgeSource.State(source, now);
            if (state != source.State)
            {
                (source.State, source.LayerVersion) = (state, version);
            }
        }

        await step.CommitAsync(cancellationToken);
    }
}
