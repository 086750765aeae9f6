using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Hazards.Assessing;
using Resilience.Observations.Bulletins;
using Resilience.Storage;

namespace Resilience.Hazards.Relaying;

/// <summary>
/// Time changes warnings without anything being said: they end, and their feeds fall silent or speak again. Finds the threads it changes and hands
/// them to <see cref="TakeBulletins"/>, the one that writes.
/// </summary>
public sealed class WatchBulletins(Store store, BulletinQueries bulletins) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "hazards.watch-bulletins";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        var silent = await bulletins.ListSilentFeedsAsync(cancellationToken);
        var due = new List<Guid>();
        foreach (var (thread, states) in await ListStandingAsync(cancellationToken))
        {
            var messages = await bulletins.ListThreadAsync(thread, cancellationToken);
            var speaks = messages.Count > 0 && !silent.ContainsKey(messages[0].FeedId);
            var until = JudgeThread.Standing(messages).ToDictionary(one => one.Id, one => one.StandsUntil);
            if (states.Exists(state => state.Until <= now || state.Silent == speaks || state.Bulletin is not { } id || !until.TryGetValue(id, out var end) || end != state.Until))
            {
                due.Add(thread);
            }
        }

        if (due.Count == 0)
        {
            return;
        }

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        foreach (var thread in due)
        {
            step.HandOver(HazardTopics.BulletinDue, thread.ToString());
        }

        await step.CommitAsync(cancellationToken);
    }

    private async Task<List<(Guid Thread, List<TakeBulletins.RelayState> States)>> ListStandingAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        var rows = await db.Memories.Where(row => row.StationId.StartsWith(RelayedWarning.StationPrefix))
            .Join(db.Assessments.Where(assessment => assessment.Level != HazardLevel.None), row => row.AssessmentId, assessment => (Guid?)assessment.Id, (row, _) => new { row.StationId, row.State }).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => Guid.ParseExact(row.StationId.AsSpan(RelayedWarning.StationPrefix.Length, 32), "N"))
            .Select(thread => (thread.Key, thread.Select(row => JsonSerializer.Deserialize<TakeBulletins.RelayState>(row.State)!).ToList()))];
    }
}
