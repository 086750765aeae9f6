using System.Security.Claims;
using Resilience.Access;
using Resilience.Core;
using Resilience.Dissemination.Geotargeting;

namespace Resilience.Relief.Tasks;

/// <summary>A task as the faces see it from afar (<c>TaskProperties</c>): neither the exact place nor a citizen's own words.</summary>
public sealed record TaskView(
    Guid Id, Guid? Incident, string Title, string Detail, string Place, string Skill, CapSeverity Severity, TaskState State, string? ClaimedBy, Guid? ClaimedById,
    DateTimeOffset? Until, DateTimeOffset Created, DateTimeOffset? DoneAt, bool Exercise, int Version, string? Warning)
{
    internal static TaskView Of(ReliefTask task)
    {
        var held = task.State is TaskState.Claimed or TaskState.Done;
        return new TaskView(
            task.Id, task.IncidentId, task.Title, task.AnswerId is null ? task.Detail : "", task.Place, task.Skill.ToString().ToLowerInvariant(), task.Severity, task.State,
            held ? task.ClaimedByName : null, held ? task.ClaimedById : null, task.Until, task.CreatedAt, task.DoneAt, task.Exercise, task.Version, task.Warning);
    }
}

/// <summary>
/// A task with where it is and how far away. Whoever has claimed it, and coordinators, get the exact place and all that was said;
/// everybody else the centre of the one-kilometre cell. Given back or done, it is as far away as before.
/// </summary>
public sealed record PlacedTask(
    Guid Id, Guid? Incident, string Title, string Detail, string Place, string Skill, CapSeverity Severity, TaskState State, string? ClaimedBy, Guid? ClaimedById,
    DateTimeOffset? Until, DateTimeOffset Created, DateTimeOffset? DoneAt, bool Exercise, int Version, string? Warning, double Lon, double Lat, double? Km)
{
    internal static PlacedTask Of(ReliefTask task, ClaimsPrincipal viewer, double? km)
    {
        _ = Guid.TryParse(viewer.FindFirstValue(ClaimTypes.NameIdentifier), out var person);
        return Of(task, IsNear(task, person) || viewer.IsInRole(Roles.Coordinator), km);
    }

    /// <summary>As the person sees it right after an act of theirs.</summary>
    internal static PlacedTask Of(ReliefTask task, Caller caller) => Of(task, IsNear(task, caller.Id), km: null);

    private static bool IsNear(ReliefTask task, Guid person) => task.State == TaskState.Claimed && task.ClaimedById == person;

    private static PlacedTask Of(ReliefTask task, bool near, double? km)
    {
        var view = TaskView.Of(task);
        var (lon, lat) = near ? (task.Longitude, task.Latitude) : Cell.Of(task.Longitude, task.Latitude).Centre;
        return new PlacedTask(
            view.Id, view.Incident, view.Title, near ? task.Detail : view.Detail, view.Place, view.Skill, view.Severity, view.State, view.ClaimedBy, view.ClaimedById,
            view.Until, view.Created, view.DoneAt, view.Exercise, view.Version, view.Warning, lon, lat, km);
    }
}
