using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Storage;

namespace Resilience.Hazards.Verifying;

/// <summary>Whether anybody knows how good the thresholds in force are.</summary>
public enum SetStanding
{
    /// <summary>Nobody has replayed the past through exactly these thresholds and this version of the rule. They judge all the same: nothing in force is turned off for that.</summary>
    NeverVerified,

    /// <summary>Two people put them in force without history, and there is still too little of it.</summary>
    WithoutHistory,

    /// <summary>The past was replayed through exactly these thresholds and this version of the rule.</summary>
    Verified,
}

/// <summary>The decision of two people to put thresholds in force though too little of the gauge's past is known. It stays visible when they are verified later.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">The first of them.</param>
/// <param name="DecidedBy">The second.</param>
/// <param name="At">When the second agreed.</param>
public sealed record WithoutHistory(string Reason, string ProposedBy, string DecidedBy, DateTimeOffset At);

/// <summary>One set of thresholds in force (<c>ThresholdSet</c> of <c>api.ts</c>).</summary>
/// <param name="Datastream">What is judged.</param>
/// <param name="Station">Its station.</param>
/// <param name="StationName">The station's name.</param>
/// <param name="Concern">For what.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="SetVersion">Names thresholds and rule exactly.</param>
/// <param name="Revision">Number of the revision two people agreed on; null for carried and assumed thresholds.</param>
/// <param name="Standing">Whether they are verified.</param>
/// <param name="VerifiedAt">When; null when they are not.</param>
/// <param name="HeardDays">On how many days of readings.</param>
/// <param name="Result">What came of it.</param>
/// <param name="WithoutHistory">The decision to put them in force all the same; null when there was none.</param>
public sealed record ThresholdSet(
    string Datastream, string Station, string StationName, HazardKind Concern, string Rule, string RuleVersion, string SetVersion, int? Revision, SetStanding Standing, DateTimeOffset? VerifiedAt, double? HeardDays,
    SetResult? Result, WithoutHistory? WithoutHistory);

/// <summary>Finds how well the thresholds in force are known. Thread-safe.</summary>
public sealed class FindStanding(Store store, SettingsInForce settings)
{
    /// <summary>One for each concern the datastream is judged for.</summary>
    public async Task<IReadOnlyList<ThresholdSet>> ListAsync(Station station, Datastream datastream, CancellationToken cancellationToken) =>
        [.. (await ListAsync([(station, datastream)], cancellationToken)).Select(one => one.Set)];

    internal async Task<IReadOnlyList<(ThresholdSet Set, Setting Setting)>> ListAsync(IReadOnlyList<(Station Station, Datastream Datastream)> of, CancellationToken cancellationToken)
    {
        var ids = of.Select(one => one.Datastream.Id).ToList();
        await using var db = store.Read<HazardsDb>();
        var revisions = await SettingsInForce.ListAsync(db, ids, cancellationToken);
        var ratings = await settings.RatingsAsync(of.Select(one => one.Station.Id).Distinct(), cancellationToken);
        var verified = (await db.VerifiedSets.Where(row => ids.Contains(row.DatastreamId)).ToListAsync(cancellationToken)).ToDictionary(row => (row.DatastreamId, row.Concern, row.SetVersion));
        return [.. of.SelectMany(one => settings.List(one.Station, one.Datastream, revisions, ratings.GetValueOrDefault(one.Station.Id)).Select(setting =>
        {
            // Thresholds of an agency that do not fit the datastream's unit any more do not judge it, and neither does their decision stand for those that do.
            var revision = revisions.GetValueOrDefault((one.Datastream.Id, setting.Concern)) is { } found && found.Unit == one.Datastream.Unit ? found : null;
            return (Of(one.Station, one.Datastream, setting, revision, verified.GetValueOrDefault((one.Datastream.Id, setting.Concern, SetVersion.Of(setting)))), setting);
        }))];
    }

    /// <summary>Pure.</summary>
    internal static ThresholdSet Of(Station station, Datastream datastream, Setting setting, ThresholdRevision? revision, VerifiedSet? verified)
    {
        var without = revision?.WithoutHistory is { } reason ? new WithoutHistory(reason, revision.ProposedByName, revision.DecidedByName!, revision.DecidedAt!.Value) : null;
        return new ThresholdSet(
            datastream.Id, station.Id, station.Name, setting.Concern, setting.Rule.Name, setting.Rule.Version, SetVersion.Of(setting), revision?.Number,
            verified is not null ? SetStanding.Verified : without is not null ? SetStanding.WithoutHistory : SetStanding.NeverVerified, verified?.VerifiedAt, verified?.HeardDays, verified?.Read(), without);
    }
}
