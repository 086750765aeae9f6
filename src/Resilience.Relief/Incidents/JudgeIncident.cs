using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Relief.Tasks;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Relief.Incidents;

/// <summary>Why an incident is rejected.</summary>
public sealed record RejectRequest(string Reason);

/// <summary>A coordinator verifies, rejects or reopens an incident. A task that nobody has begun is called off with its incident, and comes back with it.</summary>
internal sealed class JudgeIncident(Store store)
{
    internal async Task HandleAsync(Guid id, IncidentState verdict, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        reason = reason?.Trim();
        if (verdict == IncidentState.Rejected && (reason is not { Length: > 0 and <= 500 } || reason.Contains('\0', StringComparison.Ordinal)))
        {
            throw new RefusalException("relief.no-reason", "Say in 1 to 500 characters why the incident is rejected.");
        }

        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var layer = await step.NextLayerVersionAsync(IncidentLayer.LayerName, cancellationToken);
        var incident = await step.Db.Incidents.SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusalException("relief.no-such-incident", "There is no incident with this id.", 404);
        (incident.State, incident.Reason) = (verdict, verdict == IncidentState.Rejected ? reason : null);
        incident.JudgedBy = verdict == IncidentState.Unverified ? null : caller.Name;
        incident.JudgedAt = verdict == IncidentState.Unverified ? null : step.Now;
        incident.Severity = IncidentSeverity.Of(incident.Kind, incident.Origins, verdict);
        incident.LayerVersion = layer;
        await FollowAsync(step, incident, cancellationToken);
        await step.Db.SaveChangesAsync(cancellationToken);
        await Audit.AppendAsync(step, AuditEntry.By(caller, $"relief.incident-{verdict.ToString().ToLowerInvariant()}", $"incident:{id}", JsonSerializer.Serialize(new { reason = incident.Reason })), cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private static async Task FollowAsync(Step<ReliefDb> step, Incident incident, CancellationToken cancellationToken)
    {
        if (!await step.Db.Tasks.AnyAsync(row => row.IncidentId == incident.Id, cancellationToken))
        {
            return;
        }

        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        var task = await step.Db.Tasks.SingleAsync(row => row.IncidentId == incident.Id, cancellationToken);
        if (TaskRules.Follow(task, incident.Reason, incident.Severity))
        {
            task.Version++;
            task.LayerVersion = layer;
        }
    }
}
