using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Relief.Incidents;

/// <summary>Why an incident is rejected.</summary>
public sealed record RejectRequest(string Reason);

/// <summary>A coordinator verifies, rejects or reopens an incident. A task that nobody has begun is called off with its incident, and comes back with it.</summary>
internal sealed class JudgeIncident(Store store)
{
    internal async Task HandleAsync(Guid id, IncidentState verdict, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        if (verdict == IncidentState.Rejected && reason is not { Length: > 0 and <= 500 })
        {
            throw new RefusalException("relief.no-reason", "Say in 1 to 500 characters why the incident is rejected.");
        }

        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var incident = await step.Db.Incidents.SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusalException("relief.no-such-incident", "There is no incident with this id.", 404);
        (incident.State, incident.Reason) = (verdict, verdict == IncidentState.Rejected ? reason : null);
        incident.JudgedBy = verdict == IncidentState.Unverified ? null : caller.Name;
        incident.JudgedAt = verdict == IncidentState.Unverified ? null : step.Now;
        incident.Severity = IncidentSeverity.Of(incident.Kind, incident.Origins, verdict);
        incident.LayerVersion = await step.NextLayerVersionAsync(IncidentLayer.LayerName, cancellationToken);
        await FollowAsync(step, incident, cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private static async Task FollowAsync(Storage.HandingOver.Step<ReliefDb> step, Incident incident, CancellationToken cancellationToken)
    {
        var task = await step.Db.Tasks.SingleOrDefaultAsync(row => row.IncidentId == incident.Id, cancellationToken);
        if (task is null || task.State is Tasks.TaskState.Claimed or Tasks.TaskState.Done)
        {
            return;
        }

        (task.State, task.Note, task.Severity) = incident.State == IncidentState.Rejected
            ? (Tasks.TaskState.Closed, $"The incident was rejected: {incident.Reason}", task.Severity)
            : (Tasks.TaskState.Open, null, incident.Severity);
        task.Version++;
        task.LayerVersion = await step.NextLayerVersionAsync(Tasks.TaskLayer.LayerName, cancellationToken);
    }
}
