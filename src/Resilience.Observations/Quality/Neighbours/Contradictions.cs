using Microsoft.EntityFrameworkCore;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>Which values findings cast doubt on.</summary>
internal sealed class Contradictions
{
    /// <summary>Mark of a station whose shown value is contradicted.</summary>
    internal const string Shown = "Neighbour";

    /// <summary>Mark of a station of which another value is.</summary>
    internal const string Beside = "NeighbourBeside";

    private readonly ILookup<string, NeighbourFinding> _findings;
    private readonly Dictionary<Guid, DateTimeOffset> _storedAt;

    private Contradictions(ILookup<string, NeighbourFinding> findings, Dictionary<Guid, DateTimeOffset> storedAt) => (_findings, _storedAt) = (findings, storedAt);

    /// <summary>
    /// True when a finding that stood when the value was stored covers it. What was stored before the finding was found was believed, and a warning it raised
    /// stands; that does not depend on when one asks. Of a gauge found dry only zeros are doubted: rain it does tell fell.
    /// </summary>
    internal bool Hold(Observation row) => _storedAt.TryGetValue(row.BatchId, out var storedAt) && _findings[row.DatastreamId].Any(finding =>
        finding.FoundAt <= storedAt && !(finding.EndedAt <= storedAt) && finding.Since <= row.PhenomenonTime && (finding.Kind != FindingKind.Dry || row.Result == 0));

    /// <summary>What stands, or stood, of these datastreams when the batches were stored.</summary>
    internal static async Task<Contradictions> OfBatchesAsync(ObservationsDb db, IReadOnlyCollection<Guid> batchIds, List<string> datastreamIds, CancellationToken cancellationToken)
    {
        var findings = datastreamIds.Count == 0 ? [] : await db.NeighbourFindings.AsNoTracking().Where(row => EF.Parameter(datastreamIds).Contains(row.DatastreamId)).ToListAsync(cancellationToken);
        var storedAt = findings.Count == 0 ? [] : await db.Batches.Where(batch => batchIds.Contains(batch.Id)).Select(batch => new { batch.Id, batch.StoredAt }).ToDictionaryAsync(batch => batch.Id, batch => batch.StoredAt, cancellationToken);
        return new Contradictions(findings.ToLookup(finding => finding.DatastreamId), storedAt);
    }

    /// <summary>The contradicted datastreams by station: as found by a moment, or as it stands now (null).</summary>
    internal static async Task<ILookup<string, string>> OfStationsAsync(ObservationsDb db, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var rows = await db.NeighbourFindings.Where(row => at == null ? row.Until == null : row.FoundAt <= at && (row.EndedAt == null || row.EndedAt > at))
            .Select(row => new { row.StationId, row.DatastreamId }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.StationId, row => row.DatastreamId);
    }
}
