using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;

namespace Resilience.Relief;

/// <summary>
/// Takes off the live map what is over: incidents that nobody spoke of for <see cref="Quiet"/>, tasks that were done more than a
/// day ago. The lists still have them. Without it a server that runs for a year draws a year.
/// </summary>
public sealed class LeaveMap(Store store) : IRecurringWork
{
    /// <summary>7 days: after that a report of the same place and kind is another event.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromDays(7);

    private const int BatchSize = 500;

    /// <inheritdoc/>
    public string Name => "relief.leave-map";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await TakeIncidentsOffAsync(cancellationToken) == BatchSize)
        {
        }

        while (await TakeTasksOffAsync(cancellationToken) == BatchSize)
        {
        }
    }

    private async Task<int> TakeIncidentsOffAsync(CancellationToken cancellationToken)
    {
        var before = store.Clock.GetUtcNow() - Quiet;
        if (!await AnyAsync(db => db.Incidents.Where(incident => incident.OnMap && incident.LastAt < before), cancellationToken))
        {
            return 0;
        }

        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var layer = await step.NextLayerVersionAsync(IncidentLayer.LayerName, cancellationToken);
        var over = await step.Db.Incidents.Where(incident => incident.OnMap && incident.LastAt < before).OrderBy(incident => incident.LastAt).Take(BatchSize).ToListAsync(cancellationToken);
        over.ForEach(incident => (incident.OnMap, incident.LayerVersion) = (false, layer));
        await step.CommitAsync(cancellationToken);
        return over.Count;
    }

    private async Task<int> TakeTasksOffAsync(CancellationToken cancellationToken)
    {
        var before = store.Clock.GetUtcNow() - ListTasks.Lately;
        if (!await AnyAsync(db => db.Tasks.Where(task => task.OnMap && task.DoneAt != null && task.DoneAt < before), cancellationToken))
        {
            return 0;
        }

        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        var over = await step.Db.Tasks.Where(task => task.OnMap && task.DoneAt != null && task.DoneAt < before).OrderBy(task => task.DoneAt).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var task in over)
        {
            (task.OnMap, task.LayerVersion) = (false, layer);
            task.Version++;
        }

        await step.CommitAsync(cancellationToken);
        return over.Count;
    }

    // Looked at without a write turn, which most of the time there is no need to take.
    private async Task<bool> AnyAsync<T>(Func<ReliefDb, IQueryable<T>> rows, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReliefDb>();
        return await rows(db).AnyAsync(cancellationToken);
    }
}
