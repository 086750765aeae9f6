using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Relief.Tasks;

/// <summary>
/// The link risk zone → task: while a Severe or Extreme zone covers a task, nobody is sent there. Also looked at when tasks come
/// up and when they are claimed, as a zone may be older than the task.
/// </summary>
public sealed class WarnTasks(Store store, RiskQueries zones, ILogger<WarnTasks> logger) : Link<ReliefDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Relief.WarnTasks";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<ReliefDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var standing = await zones.ListAsync(cancellationToken);
        var tasks = await step.Db.Tasks.Where(task => task.State == TaskState.Open || task.State == TaskState.Claimed).ToListAsync(cancellationToken);
        var changed = tasks.Where(task => WarningFor(task, standing) != task.Warning).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        foreach (var task in changed)
        {
            (task.Warning, task.LayerVersion) = (WarningFor(task, standing), layer);
            task.Version++;
        }
    }

    /// <summary>The title of the zone that closes the place, or null when no such zone covers it. A drill's zone does not close a real place, nor the reverse. Pure.</summary>
    internal static string? WarningFor(ReliefTask task, IReadOnlyList<RiskZone> standing)
    {
        var point = Wgs84.Factory.CreatePoint(new Coordinate(task.Longitude, task.Latitude));
        var zone = standing.FirstOrDefault(zone => zone.Severity >= CapSeverity.Severe && zone.Exercise == task.Exercise && zone.Geometry.Intersects(point));
        return zone?.Title;
    }
}
