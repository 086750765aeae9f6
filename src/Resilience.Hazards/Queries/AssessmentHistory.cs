using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Hazards.Assessing;
using Resilience.Storage;

namespace Resilience.Hazards.Queries;

/// <summary>The stations' assessments as they stood at a moment. Assessments are only ever added, so nothing else needs to be kept.</summary>
public sealed class AssessmentHistory(Store store) : IMapHistory
{
    /// <inheritdoc/>
    public string Name => AssessHazards.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        var latest = await db.Assessments
            .Where(row => !row.StationId.StartsWith(RelayedWarning.StationPrefix) && !row.StationId.StartsWith(SeenFromAbove.StationPrefix)) // they stand in layers of their own
            .Where(row => row.AssessedAt <= at && !db.Assessments.Any(other =>
                other.StationId == row.StationId && other.DatastreamId == row.DatastreamId && other.Kind == row.Kind && other.AssessedAt <= at && other.AssessedAt > row.AssessedAt))
            .ToListAsync(cancellationToken);

        // Of a datastream's assessments of one kind and run the last reading's stands; of a station's datastreams the worst, and of two alike the newer.
        return [.. latest.GroupBy(row => (row.DatastreamId, row.Kind)).Select(rows => rows.OrderByDescending(row => row.PhenomenonTime).First())
            .GroupBy(row => row.StationId)
            .Select(rows => rows.OrderByDescending(row => row.Level).ThenBy(row => row.DatastreamId, StringComparer.Ordinal).ThenByDescending(row => row.PhenomenonTime).ThenBy(row => row.Kind).First())
            .OrderBy(row => row.StationId, StringComparer.Ordinal)
            .Select(row => new MapFeature(row.StationId, 0, AssessmentLayer.ToFeature(row)))];
    }
}
