using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Ratings;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Thresholds;

/// <summary>How each datastream is judged now: by the agency's own thresholds where two people put some in force, else by the book.</summary>
public sealed class SettingsInForce(Store store, ObservationQueries observations, ThresholdBook book, RatingBook ratings)
{
    /// <summary>The revisions in force among these datastreams, by datastream and concern.</summary>
    internal static Task<Dictionary<(string Datastream, HazardKind Concern), ThresholdRevision>> ListAsync(HazardsDb db, IReadOnlyCollection<string> datastreamIds, CancellationToken cancellationToken) =>
        db.Revisions.AsNoTracking().Where(row => row.State == RevisionState.InForce && datastreamIds.Contains(row.DatastreamId)).ToDictionaryAsync(row => (row.DatastreamId, row.Concern), cancellationToken);

    /// <summary>How a datastream is judged for each of its concerns; empty when it is not.</summary>
    public async Task<IReadOnlyList<Setting>> ListAsync(Station station, Datastream datastream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datastream);
        await using var db = store.Read<HazardsDb>();
        return List(station, datastream, await ListAsync(db, [datastream.Id], cancellationToken), (await RatingsAsync([datastream.StationId], cancellationToken)).GetValueOrDefault(datastream.StationId));
    }

    /// <summary>The ratings of those of the stations that measure only one of stage and discharge: where both are measured, none has to stand for the other.</summary>
    internal async Task<Dictionary<string, RatingCurve>> RatingsAsync(IEnumerable<string> stationIds, CancellationToken cancellationToken)
    {
        var rated = stationIds.Where(id => ratings.Find(id) is not null).ToList();
        var there = rated.Count == 0 ? [] : await observations.ListDatastreamsAsync(rated, cancellationToken);
        return there.Where(one => one.Property is ObservedProperty.Stage or ObservedProperty.Discharge).GroupBy(one => one.StationId)
            .Where(station => station.Select(one => one.Property).Distinct().Count() == 1).ToDictionary(station => station.Key, station => ratings.Find(station.Key)!);
    }

    /// <summary>How it is judged for one concern; null when it is not.</summary>
    public async Task<Setting?> FindAsync(Station station, Datastream datastream, HazardKind concern, CancellationToken cancellationToken) =>
        (await ListAsync(station, datastream, cancellationToken)).FirstOrDefault(setting => setting.Concern == concern);

    /// <summary>How it is judged under these revisions, and by the book where there is none.</summary>
    internal IReadOnlyList<Setting> List(Station station, Datastream datastream, IReadOnlyDictionary<(string Datastream, HazardKind Concern), ThresholdRevision> revisions, RatingCurve? rating) =>
        [.. ThresholdBook.ConcernsOf(datastream.Property).Select(concern => revisions.TryGetValue((datastream.Id, concern), out var revision) && revision.Unit == datastream.Unit
            ? Find(station, datastream, concern, revision.Own(), Source(revision), rating) : book.Find(station, datastream, concern, rating: rating)).OfType<Setting>()];

    /// <summary>How it would be judged by these values; none: by the book.</summary>
    internal Setting? Find(Station station, Datastream datastream, HazardKind concern, IReadOnlyList<OwnThreshold> values, string source, RatingCurve? rating = null) => book.Find(
        station, datastream, concern, values.Count == 0 ? null : [.. values.Select(one => new StageThreshold(
            one.Level, one.Value, datastream.Unit, ThresholdBook.Label(concern, one.Level), source, Assumed: false, one.Hours, concern == HazardKind.Landslide ? concern : null))], rating);

    private static string Source(ThresholdRevision revision) => string.Create(
        CultureInfo.InvariantCulture, $"{revision.Source} (revision {revision.Number}, set by {revision.ProposedByName} and {revision.DecidedByName} on {revision.DecidedAt:yyyy-MM-dd}{(revision.WithoutHistory is { } why ? $", without history: {why}" : "")})");
}
