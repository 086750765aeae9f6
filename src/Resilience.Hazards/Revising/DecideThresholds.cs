using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Revising;

/// <summary>The decision's words.</summary>
/// <param name="Note">A word on it, at most 300 characters; needed for a no.</param>
/// <param name="WithoutHistory">The second person, too, says that the thresholds shall be in force though too little of the gauge's past is known.</param>
internal sealed record DecisionRequest(string? Note, bool WithoutHistory = false);

/// <summary>
/// A second person puts proposed thresholds in force or turns them down; who proposed them may only take them back. They come in force only with a trial
/// of exactly these thresholds on enough of the past, or by both people's word without it. The gauge is judged by them at once, on the readings already there.
/// </summary>
internal sealed class DecideThresholds(Store store, TryThresholds trials, ObservationQueries observations)
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

        var judging = to == RevisionState.InForce ? await JudgingAsync(id, cancellationToken) : null;
        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (!step.Db.IsSqlite)
        {
            // Two people deciding at once: the second sees what the first did.
            await step.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM hazards_threshold_revision WHERE id = {id} FOR UPDATE", cancellationToken);
        }

        var revision = await step.Db.Revisions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusalException("hazards.no-revision", "There is no such change of thresholds.", 404);
        Refuse(revision, to, note, caller, SetVersion.Of(judging), request.WithoutHistory);
        if (to == RevisionState.InForce)
        {
            await step.Db.Revisions.Where(row => row.DatastreamId == revision.DatastreamId && row.Concern == revision.Concern && row.State == RevisionState.InForce).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RevisionState.Superseded), cancellationToken);
            if (judging is not null && revision.ReadTrial() is { Verified: true, From: { } from, To: { } until } trial)
            {
                var row = VerifiedSet.Of(revision.DatastreamId, judging, step.Now, trial.HeardDays, new SetResult(from, until, trial.After?.Scores, null));
                await row.KeepAsync(step, cancellationToken);
            }

            step.HandOver(HazardTopics.SilenceDue, revision.DatastreamId);
        }

        var decided = revision with { State = to, DecidedBy = caller.Id, DecidedByName = caller.Name, DecidedAt = step.Now, Note = note, LayerVersion = await step.NextLayerVersionAsync(RevisionLayer.LayerName, cancellationToken) };
        step.Db.Revisions.Update(decided);
        await Audit.AppendAsync(
            step, AuditEntry.By(caller, to == RevisionState.InForce ? "hazards.thresholds-enabled" : "hazards.thresholds-rejected", $"datastream:{revision.DatastreamId}", JsonSerializer.Serialize(new { revision = revision.Number, note, withoutHistory = to == RevisionState.InForce ? revision.WithoutHistory : null })), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return decided;
    }

    /// <summary>What would judge the gauge by the proposed thresholds now: the book may have changed since they were tried.</summary>
    private async Task<Setting?> JudgingAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Revisions.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } revision && await observations.FindDatastreamAsync(revision.DatastreamId, cancellationToken) is { } datastream
            && await observations.FindStationAsync(datastream.StationId, cancellationToken) is { } station
            ? await trials.FindAsync(station, datastream, revision.Concern, revision.Own(), cancellationToken) : null;
    }

    /// <summary>What stands against the decision. Pure.</summary>
    internal static void Refuse(ThresholdRevision revision, RevisionState to, string? note, Caller caller, string setVersion, bool withoutHistory)
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

        if (to == RevisionState.InForce)
        {
            var trial = revision.ReadTrial();
            if (trial.SetVersion != setVersion || (!trial.Verified && revision.WithoutHistory is null))
            {
                throw new RefusalException("hazards.trial-outdated", "These are not the thresholds that were tried, or the trial does not say on how much of the past. Take it back and propose it again.", 409);
            }

            if (!trial.Verified && !withoutHistory)
            {
                throw new RefusalException("hazards.without-history", $"Too little of this gauge's past is known to say how good these thresholds are. {revision.ProposedByName} wants them in force without history: {revision.WithoutHistory} Say that you want it, too, or turn them down.", 409);
            }
        }

        if (to == RevisionState.Rejected && revision.ProposedBy != caller.Id && note is null)
        {
            throw new RefusalException("hazards.threshold-note", "Say why not.");
        }
    }
}
