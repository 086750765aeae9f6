using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Resilience.Hazards.Assessing;
using Resilience.Observations;
using Resilience.Storage;

namespace Resilience.Hazards.Thresholds;

/// <summary>How each datastream is judged now: by the agency's own thresholds where two people put some in force, else by the book.</summary>
public sealed class SettingsInForce(Store store, ThresholdBook book)
{
    /// <summary>The revisions in force among these datastreams, by datastream.</summary>
    internal static Task<Dictionary<string, ThresholdRevision>> ListAsync(HazardsDb db, IReadOnlyCollection<string> datastreamIds, CancellationToken cancellationToken) =>
        db.Revisions.AsNoTracking().Where(row => row.State == RevisionState.InForce && datastreamIds.Contains(row.DatastreamId)).ToDictionaryAsync(row => row.DatastreamId, cancellationToken);

    /// <summary>How a datastream is judged; null when it is not.</summary>
    public async Task<Setting?> FindAsync(Station station, Datastream datastream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datastream);
        await using var db = store.Read<HazardsDb>();
        return Find(station, datastream, (await ListAsync(db, [datastream.Id], cancellationToken)).GetValueOrDefault(datastream.Id));
    }

    /// <summary>How a datastream is judged under a revision, or by the book for null.</summary>
    internal Setting? Find(Station station, Datastream datastream, ThresholdRevision? revision) =>
        revision is null || revision.Unit != datastream.Unit ? book.Find(station, datastream) : Find(station, datastream, revision.Own(), Source(revision));

    /// <summary>How it would be judged by these values; none: by the book.</summary>
    internal Setting? Find(Station station, Datastream datastream, IReadOnlyList<OwnThreshold> values, string source) => book.Find(
        station, datastream, values.Count == 0 ? null : [.. values.Select(one => new StageThreshold(one.Level, one.Value, datastream.Unit, one.Hours is null ? ThresholdBook.Label(one.Level) : RainBook.Label(one.Level), source, Assumed: false, one.Hours))]);

    private static string Source(ThresholdRevision revision) => string.Create(
        CultureInfo.InvariantCulture, $"{revision.Source} (revision {revision.Number}, set by {revision.ProposedByName} and {revision.DecidedByName} on {revision.DecidedAt:yyyy-MM-dd})");
}
