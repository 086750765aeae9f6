using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Relief.Tasks;

/// <summary>Claims whose time and grace have run out go back to the pool: no task is lost because a phone fell into the river.</summary>
public sealed class ReturnExpiredClaims(Store store) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "relief.return-expired-claims";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        var before = now - ReliefTask.Grace;
        await using (var db = store.Read<ReliefDb>())
        {
            if (!await db.Tasks.AnyAsync(task => task.State == TaskState.Claimed && task.Until < before, cancellationToken))
            {
                return;
            }
        }

        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        var forfeit = await step.Db.Tasks.Where(task => task.State == TaskState.Claimed && task.Until < before).ToListAsync(cancellationToken);
        foreach (var task in forfeit)
        {
            step.Db.Acts.Add(new TaskAct
            {
                Key = StableId.From("relief.expire", task.Id.ToString(), task.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString(),
                TaskId = task.Id,
                PersonId = task.ClaimedById!.Value,
                Act = "expire",
                At = now,
            });
            TaskRules.ReturnToPool(task, "The time ran out.");
            task.Version++;
            task.LayerVersion = layer;
        }

        await step.CommitAsync(cancellationToken);
    }
}
