using System.Security.Claims;
using Resilience.Access;
using Resilience.Core;
using Resilience.Dissemination.Geotargeting;

namespace Resilience.Relief.Tasks;

/// <summary>A task as the faces see it (<c>TaskProperties</c>). Without the exact place unless the viewer holds it or coordinates.</summary>
public sealed record TaskView(
    Guid Id, Guid? Incident, string Title, string Detail, string Place, string Skill, CapSeverity Severity, TaskState State, string? ClaimedBy, Guid? ClaimedById,
    DateTimeOffset? Until, DateTimeOffset Created, DateTimeOffset? DoneAt, bool Exercise, int Version, string? Warning)
{
    internal static TaskView Of(ReliefTask task)
    {
        var held = task.State is TaskState.Claimed or TaskState.Done;
        return new TaskView(
            task.Id, task.IncidentId, task.Title, task.Detail, task.Place, task.Skill.ToString().ToLowerInvariant(), task.Severity, task.State,
            held ? task.ClaimedByName : null, held ? task.ClaimedById : null, task.Until, task.CreatedAt, task.DoneAt, task.Exercise, task.Version, task.Warning);
    }

    /// <summary>Where a viewer may see it: exactly for its claimer and coordinators, else the centre of its one-kilometre cell.</summary>
    internal static (double Longitude, double Latitude) PositionFor(ReliefTask task, ClaimsPrincipal viewer)
    {
        var exact = viewer.IsInRole(Roles.Coordinator)
            || (task.State == TaskState.Claimed && Guid.TryParse(viewer.FindFirstValue(ClaimTypes.NameIdentifier), out var id) && id == task.ClaimedById);
        return exact ? (task.Longitude, task.Latitude) : Cell.Of(task.Longitude, task.Latitude).Centre;
    }
}

/// <summary>A task with where it is and how far away.</summary>
public sealed record PlacedTask(
    Guid Id, Guid? Incident, string Title, string Detail, string Place, string Skill, CapSeverity Severity, TaskState State, string? ClaimedBy, Guid? ClaimedById,
    DateTimeOffset? Until, DateTimeOffset Created, DateTimeOffset? DoneAt, bool Exercise, int Version, string? Warning, double Lon, double Lat, double? Km)
{
    internal static PlacedTask Of(ReliefTask task, ClaimsPrincipal viewer, double? km)
    {
        var view = TaskView.Of(task);
        var (lon, lat) = TaskView.PositionFor(task, viewer);
        return new PlacedTask(
            view.Id, view.Incident, view.Title, view.Detail, view.Place, view.Skill, view.Severity, view.State, view.ClaimedBy, view.ClaimedById,
            view.Until, view.Created, view.DoneAt, view.Exercise, view.Version, view.Warning, lon, lat, km);
    }
}
