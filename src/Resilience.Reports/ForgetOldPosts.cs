using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Reports.Collecting;
using Resilience.Reports.Serving;
using Resilience.Storage;

namespace Resilience.Reports;

/// <summary>
/// Takes posts off the map when they are older than <see cref="PostsLayer.Window"/> or no longer among the newest
/// <see cref="PostsLayer.Most"/>, and deletes texts after <see cref="ReportsOptions.KeepTextDays"/>.
/// </summary>
public sealed class ForgetOldPosts(Store store, IOptions<ReportsOptions> options) : IRecurringWork
{
    private const int BatchSize = 1000;

    /// <inheritdoc/>
    public string Name => "reports.forget-old-posts";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await TakeOffMapAsync(cancellationToken) == BatchSize)
        {
        }

        while (await ForgetTextsAsync(cancellationToken) == BatchSize)
        {
        }

        await ForgetUnclassifiedAsync(cancellationToken);
    }

    private async Task<int> TakeOffMapAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var begin = step.Now - PostsLayer.Window;
        var onMap = step.Db.Reports.Where(report => report.OnMap);
        var newest = await onMap.OrderByDescending(report => report.PostedAt).Skip(PostsLayer.Most).Select(report => (DateTimeOffset?)report.PostedAt).FirstOrDefaultAsync(cancellationToken);
        var limit = newest > begin ? newest.Value : begin;
        var old = await onMap.Where(report => report.PostedAt <= limit).OrderBy(report => report.PostedAt).Take(BatchSize).ToListAsync(cancellationToken);
        if (old.Count > 0)
        {
            var version = await step.NextLayerVersionAsync(ReportLayers.Posts, cancellationToken);
            foreach (var report in old)
            {
                (report.OnMap, report.LayerVersion) = (false, version);
            }

            await step.CommitAsync(cancellationToken);
        }

        return old.Count;
    }

    private async Task<int> ForgetTextsAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var limit = step.Now.AddDays(-options.Value.KeepTextDays);
        var old = await step.Db.Reports.Where(report => report.Text != "" && report.CollectedAt < limit).OrderBy(report => report.CollectedAt).Take(BatchSize).ToListAsync(cancellationToken);
        if (old.Count > 0)
        {
            await ForgetText.ForgetAsync(step, old, cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        return old.Count;
    }

    /// <summary>A post whose classifying kept failing must not keep its text for ever either.</summary>
    private async Task ForgetUnclassifiedAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var limit = step.Now.AddDays(-options.Value.KeepTextDays);
        await step.Db.Posts.Where(post => post.Text != "" && post.CollectedAt < limit).ExecuteUpdateAsync(set => set.SetProperty(post => post.Text, ""), cancellationToken);
        await step.Db.Quarantine.Where(row => row.ReceivedAt < limit).ExecuteDeleteAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }
}
