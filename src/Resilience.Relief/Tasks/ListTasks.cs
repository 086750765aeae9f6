using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Storage;

namespace Resilience.Relief.Tasks;

/// <summary>GET /relief/tasks?skill=&amp;lon=&amp;lat=: open and claimed tasks, nearest first when a place is given, else worst and oldest first; then what was done lately.</summary>
internal sealed class ListTasks(Store store)
{
    private const int Most = 500;

    /// <summary>How long a task that was done is still shown.</summary>
    internal static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    internal async Task<IReadOnlyList<PlacedTask>> HandleAsync(string? skill, double? lon, double? lat, ClaimsPrincipal viewer, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReliefDb>();
        var since = store.Clock.GetUtcNow() - Lately;
        var rows = db.Tasks.Where(task => task.State != TaskState.Closed && (task.State != TaskState.Done || task.DoneAt >= since));
        if (Enum.TryParse<Skill>(skill, ignoreCase: true, out var wanted))
        {
            rows = rows.Where(task => task.Skill == wanted);
        }

        var from = lon is { } x && lat is { } y && Wgs84.IsPosition(x, y) ? new Coordinate(x, y) : null;
        var tasks = (await rows.ToListAsync(cancellationToken)).Select(task =>
        {
            var placed = PlacedTask.Of(task, viewer, km: null);
            return from is null ? placed : placed with { Km = Math.Round(Wgs84.DistanceMetres(from, new Coordinate(placed.Lon, placed.Lat)) / 1000, 1) };
        });
        return [.. tasks.OrderBy(task => task.State == TaskState.Done).ThenBy(task => task.Km ?? 0).ThenByDescending(task => task.Severity).ThenBy(task => task.Created).ThenBy(task => task.Id).Take(Most)];
    }
}
