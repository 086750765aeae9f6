using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;
using Resilience.Storage;

namespace Resilience.Hazards.Revising;

/// <summary>Other thresholds for a gauge.</summary>
/// <param name="Thresholds">Each level once, in the datastream's unit; none: back to what is carried or assumed.</param>
/// <param name="Source">Where they come from, 3 to 300 characters.</param>
/// <param name="WithoutHistory">Why they shall be in force though too little of the gauge's past is stored to try them on, 10 to 300 characters; unused where enough is.</param>
/// <param name="Concern">Of rain whether as heavy rain or for landslides; null: as heavy rain, and for everything else the only one there is.</param>
internal sealed record ProposalRequest(IReadOnlyList<OwnThreshold>? Thresholds, string? Source, string? WithoutHistory = null, HazardKind? Concern = null);

/// <summary>A coordinator proposes thresholds; they are tried on past readings first, and nothing changes until somebody else agrees.</summary>
internal sealed class ProposeThresholds(Store store, TryThresholds trials)
{
    internal async Task<ThresholdRevision> ProposeAsync(string datastreamId, ProposalRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var source = request.Source?.Trim() ?? "";
        if (source.Length is < 3 or > 300 || source.Any(char.IsControl))
        {
            throw new RefusalException("hazards.threshold-source", "Say in 3 to 300 characters where the thresholds come from: a study, a survey, marks of past floods.");
        }

        var (trial, datastream) = await trials.TryAsync(datastreamId, request.Thresholds, request.Concern, cancellationToken);
        var concern = TryThresholds.ConcernOf(datastream, request.Concern);
        var without = trial.Verified ? null : Reason(request.WithoutHistory, trial);

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (await step.Db.Revisions.AnyAsync(row => row.DatastreamId == datastreamId && row.Concern == concern && row.State == RevisionState.Proposed, cancellationToken))
        {
            throw new RefusalException("hazards.already-proposed", "Another change of this gauge's thresholds waits for a second person. Decide that one first.", 409);
        }

        var number = 1 + await step.Db.Revisions.Where(row => row.DatastreamId == datastreamId).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 1;
        var revision = new ThresholdRevision
        {
            Id = StableId.From("hazards.threshold-revision", datastreamId, number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            DatastreamId = datastreamId,
            Concern = concern,
            StationId = datastream.StationId,
            Number = number,
            State = RevisionState.Proposed,
            Unit = datastream.Unit,
            Values = ThresholdRevision.Write(TryThresholds.Check(request.Thresholds, datastream)),
            Source = source,
            Trial = JsonSerializer.Serialize(trial, RevisingJson.Default.ThresholdTrial),
            RuleVersion = trial.RuleVersion,
            WithoutHistory = without,
            ProposedBy = caller.Id,
            ProposedByName = caller.Name,
            ProposedAt = step.Now,
            LayerVersion = await step.NextLayerVersionAsync(RevisionLayer.LayerName, cancellationToken),
        };
        step.Db.Revisions.Add(revision);
        await Audit.AppendAsync(step, AuditEntry.By(caller, "hazards.thresholds-proposed", $"datastream:{datastreamId}", JsonSerializer.Serialize(new { revision = number, concern = concern.ToString(), values = revision.Values, source, withoutHistory = without })), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return revision;
    }

    /// <summary>Too little of the past is known: then only with a reason, that both people stand for.</summary>
    private static string Reason(string? given, ThresholdTrial trial)
    {
        var reason = given?.Trim() ?? "";
        return reason.Length == 0
            ? throw new RefusalException("hazards.unverified", FormattableString.Invariant($"This gauge was heard on {trial.HeardDays:0.#} days, {VerifiedSet.EnoughDays} are needed to know how good thresholds are. Say why they shall be in force without history."), 409)
            : reason.Length is < 10 or > 300 || reason.Any(char.IsControl)
                ? throw new RefusalException("hazards.without-history-reason", "Say in 10 to 300 characters why the thresholds shall be in force without history.")
                : reason;
    }
}
