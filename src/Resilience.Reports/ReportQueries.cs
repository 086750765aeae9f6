using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Reports;

/// <summary>What other links may ask about reports. Thread-safe.</summary>
public sealed class ReportQueries(Store store)
{
    /// <summary>The report, or a refusal <c>reports.not-found</c>.</summary>
    public async Task<Report> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new RefusalException("reports.not-found", "There is no report with this id; it may have been deleted by its author.", 404);

    /// <summary>The report, or null.</summary>
    public async Task<Report?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        return await db.Reports.SingleOrDefaultAsync(report => report.Id == id, cancellationToken);
    }

    /// <summary>Those of the ids that exist, oldest post first.</summary>
    public async Task<IReadOnlyList<Report>> ListAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        return await db.Reports.Where(report => ids.Contains(report.Id)).OrderBy(report => report.PostedAt).ThenBy(report => report.Id).ToListAsync(cancellationToken);
    }
}
