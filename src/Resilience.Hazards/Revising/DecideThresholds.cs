using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Storage;

namespace Resilience.Hazards.Revising;

/// <summary>A word on the decision, at most 300 characters; needed for a no.</summary>
internal sealed record DecisionRequest(string? Note);

/// <summary>
/// A second person puts proposed thresholds in force or turns them down; who proposed them may only take them back. The gauge is judged by
/// them at once, on the readings already there.
/// </summary>
internal sealed class DecideThresholds(Store store)
{
    internal Task<ThresholdRevision> EnableAsync(Guid id, DecisionRequest request, Caller caller, CancellationToken cancellationToken) => DecideAsync(id, RevisionState.InForce, request, caller, cancellationToken);

    internal Task<ThresholdRevision> RejectAsync(Guid id, DecisionRequest request, Caller caller, CancellationToken cancellationToken) => DecideAsync(id, RevisionState.Rejected, request, caller, cancellationToken);

    private async Task<ThresholdRevision> DecideAsync(Guid id, RevisionState to, DecisionRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim();
        if (note is { Length: > 300 } || note?.Any(char.IsControl) == true)
        {
            throw new RefusalException("hazards.threshold-note", "The note must have at most 300 characters.");
        }

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (!step.Db.IsSqlite)
        {
            // Two people deciding at once: the second sees what the first did.
            await step.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM hazards_threshold_revision WHERE id = {id} FOR UPDATE", cancellationToken);
        }

        var revision = await step.Db.Revisions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusalException("hazards.no-revision", "There is no such change of thresholds.", 404);
        Refuse(revision, to, note, caller);
        if (to == RevisionState.InForce)
        {
            await step.Db.Revisions.Where(row => row.DatastreamId == revision.DatastreamId && row.Concern == revision.Concern && row.State == RevisionState.InForce).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RevisionState.Superseded), cancellationToken);
            step.HandOver(HazardTopics.SilenceDue, revision.DatastreamId);
        }

        var decided = revision with { State = to, DecidedBy = caller.Id, DecidedByName = caller.Name, DecidedAt = step.Now, Note = note, LayerVersion = await step.NextLayerVersionAsync(RevisionLayer.LayerName, cancellationToken) };
        step.Db.Revisions.Update(decided);
        await Audit.AppendAsync(
            step, AuditEntry.By(caller, to == RevisionState.InForce ? "hazards.thresholds-enabled" : "hazards.thresholds-rejected", $"datastream:{revision.DatastreamId}", JsonSerializer.Serialize(new { revision = revision.Number, note })), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return decided;
    }

    /// <summary>What stands against the decision. Pure.</summary>
    internal static void Refuse(ThresholdRevision revision, RevisionState to, string? note, Caller caller)
    {
        if (revision.State != RevisionState.Proposed)
        {
            throw new RefusalException("hazards.decided", $"This change was already decided by {revision.DecidedByName}.", 409);
        }

        if (to == RevisionState.InForce && revision.ProposedBy == caller.Id)
        {
            throw new RefusalException("hazards.two-people", "Somebody else has to agree to thresholds you proposed.", 409);
        }

        var version = Setting.RuleOf(revision.Concern).Version;
        if (to == RevisionState.InForce && revision.RuleVersion != version)
        {
            throw new RefusalException("hazards.trial-outdated", $"The trial was made with version {revision.RuleVersion} of the rule; {version} runs now. Take it back and propose it again.", 409);
        }

        if (to == RevisionState.Rejected && revision.ProposedBy != caller.Id && note is null)
        {
            throw new RefusalException("hazards.threshold-note", "Say why not.");
        }
    }
}
