using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Hazards.Verifying;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Rules;

/// <summary>
/// Replays the past of gauges through thresholds in force that nobody has verified, as soon as there is enough of it; and asks for the verification of a rule whose
/// version has none. Looks round all gauges, some at each turn; what has too little past is looked at again after hours.
/// </summary>
internal sealed class VerifyThresholds(Store store, ObservationQueries observations, FindStanding standings, ReplayStored replay, RequestVerification request) : IRecurringWork
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromHours(6);
    private const int Looked = 200;
    private readonly ConcurrentDictionary<(string, string), DateTimeOffset> _tried = [];
    private string _at = "";

    /// <inheritdoc/>
    public string Name => "hazards.verify-thresholds";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (begun, now) = (Stopwatch.GetTimestamp(), store.Clock.GetUtcNow());
        List<(string Datastream, string Station)> judged;
        await using (var db = store.Read<HazardsDb>())
        {
            judged = await JudgedAsync(db, _at, Looked, cancellationToken);
        }

        foreach (var set in await ListAsync(judged, cancellationToken))
        {
            if (set.Standing == SetStanding.Verified || (_tried.TryGetValue((set.Datastream, set.SetVersion), out var last) && now - last < Again))
            {
                continue;
            }

            if (Stopwatch.GetElapsedTime(begun) > Turn)
            {
                // The rest, this one among them, at the next turn.
                return;
            }

            _tried[(set.Datastream, set.SetVersion)] = now;
            if (await replay.JudgeAsync(set.Rule, set.Datastream, now, cancellationToken) is { } gauge && gauge.Judged.HeardDays >= VerifiedSet.EnoughDays)
            {
                await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
                await VerifiedSet.Of(set.Datastream, gauge.Setting, now, gauge.Judged.HeardDays, gauge.Judged.ToResult()).KeepAsync(step, cancellationToken);
                await step.CommitAsync(cancellationToken);
            }
        }

        _at = judged.Count < Looked ? "" : judged[^1].Datastream;
        if (_at.Length == 0)
        {
            await AskAsync(cancellationToken);
        }
    }

    /// <summary>Datastreams of gauges that are judged, by id, after one.</summary>
    internal static async Task<List<(string Datastream, string Station)>> JudgedAsync(HazardsDb db, string after, int most, CancellationToken cancellationToken) =>
        (await db.Memories.Where(row => string.Compare(row.DatastreamId, after) > 0).Select(row => new { row.DatastreamId, row.StationId }).Distinct().OrderBy(row => row.DatastreamId).Take(most).ToListAsync(cancellationToken))
            .ConvertAll(row => (row.DatastreamId, row.StationId));

    /// <summary>The sets in force of these datastreams; what others announce has none.</summary>
    internal async Task<IReadOnlyList<ThresholdSet>> ListAsync(IReadOnlyCollection<(string Datastream, string Station)> judged, CancellationToken cancellationToken)
    {
        var (ids, stationIds) = (judged.Select(one => one.Datastream).ToHashSet(), judged.Select(one => one.Station).Distinct().ToList());
        var stations = (await observations.ListStationsAsync(stationIds, cancellationToken)).ToDictionary(one => one.Id);
        var datastreams = (await observations.ListDatastreamsAsync(stationIds, cancellationToken)).Where(one => ids.Contains(one.Id) && stations.ContainsKey(one.StationId));
        return [.. (await standings.ListAsync([.. datastreams.Select(one => (stations[one.StationId], one))], cancellationToken)).Select(one => one.Set)];
    }

    /// <summary>A version of a rule that some gauge has history for, and that was never verified nor asked for, is verified by itself.</summary>
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        foreach (var rule in VerifyRules.Names)
        {
            var (version, of) = (VerifyRules.VersionOf(rule), rule == Assessing.UpstreamRise.RuleName ? Assessing.StageRule.Name : rule);
            await using var db = store.Read<HazardsDb>();
            if (await db.VerifiedSets.AnyAsync(row => row.Rule == of, cancellationToken) && !await db.Verifications.AnyAsync(row => row.Rule == rule && row.Version == version, cancellationToken)
                && !await db.Runs.AnyAsync(row => row.Rule == rule && row.RuleVersion == version, cancellationToken))
            {
                await request.AskAsync(rule, VerificationRun.ByItself, cancellationToken);
            }
        }
    }
}
