using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Dissemination.Geotargeting;
using Resilience.Storage;

namespace Resilience.Relief.Tasks;

/// <summary>Tasks on the live map, at the centre of their one-kilometre cell. Closed ones leave at once, done ones after a day.</summary>
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
        var rows = await db.Tasks.Where(task => task.LayerVersion > version && (version > 0 || (task.OnMap && task.State != TaskState.Closed)))
            .OrderBy(task => task.LayerVersion).ThenBy(task => task.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(task =>
        {
            var (longitude, latitude) = Cell.Of(task.Longitude, task.Latitude).Centre;
            return task.State == TaskState.Closed || !task.OnMap
                ? ReliefJson.Gone(task.Id, task.LayerVersion)
                : ReliefJson.PointFeature(task.Id, task.LayerVersion, longitude, latitude, TaskView.Of(task));
        })];
    }
}
