using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Dissemination;
using Resilience.Dissemination.Geotargeting;
using Resilience.Storage;

namespace Resilience.Relief.Tasks;

/// <summary>
/// What was promised of citizens' answers holds for what became of them: after <see cref="DisseminationOptions.KeepAnswers"/> a
/// task keeps that there was one, of which kind, how bad and when, but neither the exact place nor a word anybody wrote.
/// </summary>
public sealed class ForgetTasks(Store store, IOptions<DisseminationOptions> dissemination) : IRecurringWork
{
    private const int BatchSize = 500;

    /// <inheritdoc/>
    public string Name => "relief.forget-tasks";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await ForgetSomeAsync(cancellationToken) == BatchSize)
        {
        }
    }

    private async Task<int> ForgetSomeAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var (now, before) = (step.Now, step.Now - dissemination.Value.KeepAnswers);
        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        var old = await step.Db.Tasks.Where(task => task.ForgottenAt == null && task.CreatedAt < before && task.State != TaskState.Claimed)
            .OrderBy(task => task.CreatedAt).Take(BatchSize).ToListAsync(cancellationToken);
        if (old.Count == 0)
        {
            return 0;
        }

        old.ForEach(task => Forget(task, now, layer));
        var ids = old.Select(task => task.Id).ToList();
        await step.Db.Acts.Where(act => ids.Contains(act.TaskId)).ExecuteUpdateAsync(set => set.SetProperty(act => act.Note, (string?)null), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return old.Count;
    }

    /// <summary>Takes out what must not be kept. A task that still waits is closed: nobody could find the place any more. Pure.</summary>
    internal static void Forget(ReliefTask task, DateTimeOffset now, long layer)
    {
        (task.Longitude, task.Latitude) = Cell.Of(task.Longitude, task.Latitude).Centre;
        (task.Detail, task.Note, task.ForgottenAt) = ("", null, now);
        if (task.AnswerId is not null)
        {
            // The place of an answer is what the citizen typed, and the title names it.
            (task.Place, task.Title) = ("", $"A call for help ({task.Skill.ToString().ToLowerInvariant()})");
        }

        task.State = task.State == TaskState.Open ? TaskState.Closed : task.State;
        task.Version++;
        task.LayerVersion = layer;
    }
}
