using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Hazards;

/// <summary>
/// Finds datastreams that have said nothing for more than three intervals and hands them to <see cref="AssessHazards"/>, the one writer
/// of assessments. Their level stays and they are marked silent; at a glacial lake the silence itself may be the outburst.
/// </summary>
public sealed class ListenForSilence(Store store) : IRecurringWork
{
    /// <summary>How many datastreams one look takes; the rest waits for the next.</summary>
    private const int Batch = 2000;

    /// <inheritdoc/>
    public string Name => "hazards.listen-for-silence";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<string> due;
        await using (var db = store.Read<HazardsDb>())
        {
            var now = store.Clock.GetUtcNow();
            due = await db.Memories.Where(row => row.SilentAfter < now)
                .OrderBy(row => row.SilentAfter).ThenBy(row => row.DatastreamId).Select(row => row.DatastreamId).Take(Batch).ToListAsync(cancellationToken);
            // A datastream judged for several concerns falls silent once.
            due = [.. due.Distinct()];
        }

        if (due.Count == 0)
        {
            return;
        }

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        foreach (var id in due)
        {
            step.HandOver(HazardTopics.SilenceDue, id);
        }

        await step.CommitAsync(cancellationToken);
    }
}
