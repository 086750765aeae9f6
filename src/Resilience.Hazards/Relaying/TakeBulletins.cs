using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Observations.Bulletins;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards.Relaying;

/// <summary>
/// Takes over hazards that other authorities announce: one assessment per part of a thread that stands, and its end when it does not any
/// more. What stands now counts, not the message that woke it, so repeats, old keys and any order come out the same.
/// </summary>
public sealed partial class TakeBulletins(Store store, BulletinQueries bulletins, ILogger<TakeBulletins> logger) : Link<HazardsDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Hazards.TakeBulletins";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<HazardsDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("TakeBulletins");
        var silent = await bulletins.ListSilentFeedsAsync(cancellationToken);
        foreach (var thread in keys.Select(Guid.Parse).Distinct())
        {
            var relayed = RelayBulletin.Of(await bulletins.ListThreadAsync(thread, cancellationToken), silent, step.Now);
            var root = RelayBulletin.StationId(thread, 0);
            var rows = (await step.Db.Memories.AsNoTracking().Where(row => row.StationId == root || row.StationId.StartsWith(root + "-")).ToListAsync(cancellationToken)).ToDictionary(row => row.DatastreamId);
            foreach (var one in relayed)
            {
                Write(step, one, rows.GetValueOrDefault(DatastreamId(one)));
            }

            var standing = relayed.Select(DatastreamId).ToHashSet();
            foreach (var row in rows.Values.Where(row => !standing.Contains(row.DatastreamId) && StateOf(row).Level != HazardLevel.None))
            {
                await EndAsync(step, row, cancellationToken);
            }
        }
    }

    // The kind is part of it: when an update makes a flood of a storm, the storm ends and the flood begins.
    private static string DatastreamId(Relayed one) => $"{one.StationId}:{one.Kind}";

    private void Write(Step<HazardsDb> step, Relayed one, DatastreamMemory? row)
    {
        var before = row is null ? RelayState.None : StateOf(row);
        var evidence = new Evidence(DatastreamId(one), "", RelayBulletin.Text, [], [], [new ConfidencePart($"the authority's certainty: {one.Warning.Certainty}", one.Confidence)]) { Relayed = one.Warning }.ToJson();
        var after = new RelayState(one.Level, one.Silent, one.Source.Id, one.Warning.Until);
        if (after == before)
        {
            return;
        }

        var onset = one.Source.Onset ?? one.Source.Effective ?? one.Source.Sent;
        Add(step, row, after, new HazardAssessment
        {
            // What came before is part of it: a feed may fall silent and speak again, and stand as it stood.
            Id = StableId.From("hazards.relayed", DatastreamId(one), row?.AssessmentId?.ToString() ?? "", one.Source.Id.ToString(), one.Level.ToString(), one.Silent.ToString(), FormattableString.Invariant($"{after.Until.UtcTicks}")),
            StationId = one.StationId,
            StationName = one.Source.AreaDesc.Length is > 0 and <= 200 ? one.Source.AreaDesc : one.Warning.Authority,
            DatastreamId = DatastreamId(one),
            Kind = one.Kind,
            Level = one.Level,
            PreviousLevel = before.Level,
            Trend = Trend.Unknown,
            Onset = onset,
            AssessedAt = step.Now,
            PhenomenonTime = one.Source.Sent,
            Confidence = one.Confidence,
            Silent = one.Silent,
            Summary = one.Summary,
            RuleName = RelayBulletin.Rule,
            RuleVersion = RelayBulletin.Version,
            Evidence = evidence,
            Exercise = one.Source.Exercise,
            Location = one.Area,
        });
    }

    private async Task EndAsync(Step<HazardsDb> step, DatastreamMemory row, CancellationToken cancellationToken)
    {
        var last = await step.Db.Assessments.AsNoTracking().SingleAsync(assessment => assessment.Id == row.AssessmentId, cancellationToken);
        var over = StateOf(row).Until <= step.Now;
        Add(step, row, RelayState.None, last with
        {
            Id = StableId.From("hazards.relayed-end", last.Id.ToString()),
            Level = HazardLevel.None,
            PreviousLevel = last.Level,
            AssessedAt = step.Now,
            Silent = false,
            Summary = over ? $"{Authority(last)}'s warning has ended by its own time." : $"{Authority(last)}'s warning was withdrawn or replaced by another.",
        });
    }

    private static string Authority(HazardAssessment assessment) => Evidence.FromJson(assessment.Evidence).Relayed?.Authority ?? assessment.StationName;

    private void Add(Step<HazardsDb> step, DatastreamMemory? row, RelayState state, HazardAssessment assessment)
    {
        step.Db.Assessments.Add(assessment);
        var memory = new DatastreamMemory
        {
            DatastreamId = assessment.DatastreamId,
            Concern = assessment.Kind,
            StationId = assessment.StationId,
            AssessmentId = assessment.Id,
            State = JsonSerializer.Serialize(state),
            SilentAfter = null,
        };
        step.Db.Entry(memory).State = row is null ? EntityState.Added : EntityState.Modified;
        step.HandOver(HazardTopics.Assessed, assessment.Id.ToString());
        Telemetry.Assessments.Add(1, new KeyValuePair<string, object?>("level", assessment.Level.ToString()));
        LogRelayed(logger, assessment.StationId, assessment.PreviousLevel, assessment.Level, assessment.Kind);
    }

    private static RelayState StateOf(DatastreamMemory row) => JsonSerializer.Deserialize<RelayState>(row.State)!;

    /// <summary>What was last said.</summary>
    internal sealed record RelayState(HazardLevel Level, bool Silent, Guid? Bulletin, DateTimeOffset Until)
    {
        internal static RelayState None { get; } = new(HazardLevel.None, false, null, DateTimeOffset.UnixEpoch);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Thread}: {Before} → {Level} ({Kind}, relayed)")]
    private static partial void LogRelayed(ILogger logger, string thread, HazardLevel before, HazardLevel level, HazardKind kind);
}
