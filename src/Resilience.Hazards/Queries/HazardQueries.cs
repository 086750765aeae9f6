using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Hazards.Queries;

/// <summary>What other modules may ask of the assessments. Thread-safe.</summary>
public sealed class HazardQueries(Store store)
{
    /// <summary>The assessment, or <see cref="KeyNotFoundException"/>.</summary>
    public async Task<HazardAssessment> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"No hazard assessment {id}.");

    /// <summary>The assessment, or null.</summary>
    public async Task<HazardAssessment?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Assessments.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>The station's present assessment (the worst of its datastreams), or null when none of them is assessed.</summary>
    public async Task<HazardAssessment?> FindCurrentAsync(string stationId, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Current.Where(row => row.StationId == stationId)
            .Join(db.Assessments, row => row.AssessmentId, row => row.Id, (_, assessment) => assessment)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The present assessments of all stations, by station id.</summary>
    public async Task<IReadOnlyList<HazardAssessment>> ListCurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Current.Join(db.Assessments, row => row.AssessmentId, row => row.Id, (_, assessment) => assessment)
            .OrderBy(assessment => assessment.StationId).ToListAsync(cancellationToken);
    }

    /// <summary>The stations these assessments are about; unknown ids are left out.</summary>
    public async Task<IReadOnlyList<string>> ListStationsOfAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Assessments.Where(row => ids.Contains(row.Id)).Select(row => row.StationId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
    }

    /// <summary>The latest assessment of each of the stations' datastreams for each concern, by station and datastream id.</summary>
    public async Task<IReadOnlyList<HazardAssessment>> ListLatestAsync(IReadOnlyCollection<string> stationIds, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Memories.Where(row => stationIds.Contains(row.StationId))
            .Join(db.Assessments, row => row.AssessmentId, row => (Guid?)row.Id, (_, assessment) => assessment)
            .OrderBy(assessment => assessment.StationId).ThenBy(assessment => assessment.DatastreamId).ThenBy(assessment => assessment.Kind).ToListAsync(cancellationToken);
    }

    /// <summary>The station's assessments, newest first.</summary>
    public async Task<IReadOnlyList<HazardAssessment>> ListHistoryAsync(string stationId, int limit, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await db.Assessments.Where(row => row.StationId == stationId)
            .OrderByDescending(row => row.AssessedAt).ThenByDescending(row => row.PhenomenonTime).Take(limit).ToListAsync(cancellationToken);
    }
}
