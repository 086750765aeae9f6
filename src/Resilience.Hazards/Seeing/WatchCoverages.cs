using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Hazards.Assessing;
using Resilience.Storage;

namespace Resilience.Hazards.Seeing;

/// <summary>Pictures grow old without anything being said. Finds the feeds whose areas no longer stand as they do and hands them to <see cref="TakeCoverages"/>, the one that writes.</summary>
public sealed class WatchCoverages(Store store) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "hazards.watch-coverages";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<string> due;
        await using (var db = store.Read<HazardsDb>())
        {
            var now = store.Clock.GetUtcNow();
            var rows = await db.Memories.Where(row => row.StationId.StartsWith(SeenFromAbove.StationPrefix))
                .Join(db.Assessments.Where(assessment => assessment.Level != HazardLevel.None), row => row.AssessmentId, assessment => (Guid?)assessment.Id, (row, _) => new { row.StationId, row.State }).ToListAsync(cancellationToken);
            due = [.. rows.Where(row => JsonSerializer.Deserialize<TakeCoverages.SeenState>(row.State)!.Until <= now).Select(row => TakeCoverages.FeedOf(row.StationId)).Distinct()];
        }

        if (due.Count == 0)
        {
            return;
        }

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        foreach (var feed in due)
        {
            step.HandOver(HazardTopics.CoverageDue, feed);
        }

        await step.CommitAsync(cancellationToken);
    }
}
