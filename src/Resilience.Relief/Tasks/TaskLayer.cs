using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Dissemination.Geotargeting;
using Resilience.Storage;

namespace Resilience.Relief.Tasks;

/// <summary>Tasks on the live map, at the centre of their one-kilometre cell. Closed ones leave; done ones are no longer in a snapshot after a day.</summary>
public sealed class TaskLayer(Store store) : IMapLayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "relief.tasks";

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public Audience Audience => Audience.Volunteer;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReliefDb>();
        var since = store.Clock.GetUtcNow() - ListTasks.Lately;
        var rows = await db.Tasks.Where(task => task.LayerVersion > version && (version > 0 || (task.State != TaskState.Closed && (task.State != TaskState.Done || task.DoneAt >= since))))
            .OrderBy(task => task.LayerVersion).ThenBy(task => task.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(task =>
        {
            var (longitude, latitude) = Cell.Of(task.Longitude, task.Latitude).Centre;
            return task.State == TaskState.Closed
                ? ReliefJson.Gone(task.Id, task.LayerVersion)
                : ReliefJson.PointFeature(task.Id, task.LayerVersion, longitude, latitude, TaskView.Of(task));
        })];
    }
}
