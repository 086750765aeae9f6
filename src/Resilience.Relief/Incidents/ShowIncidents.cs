using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Reports;
using Resilience.Storage;

namespace Resilience.Relief.Incidents;

/// <summary>GET /relief/incidents and /relief/incidents/{id}</summary>
internal sealed class ShowIncidents(Store store, ReportQueries reports)
{
    private const int Most = 500;
    private const int MostMembers = 100;

    internal async Task<IReadOnlyList<IncidentView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReliefDb>();
        return [.. (await db.Incidents.OrderByDescending(incident => incident.LastAt).Take(Most).ToListAsync(cancellationToken)).Select(IncidentView.Of)];
    }

    internal async Task<IncidentDetail> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReliefDb>();
        var incident = await db.Incidents.SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusalException("relief.no-such-incident", "There is no incident with this id.", 404);
        var members = await db.Members.Where(member => member.IncidentId == id).Select(member => member.ReportId).Take(MostMembers).ToListAsync(cancellationToken);
        return IncidentDetail.Of(incident, [.. (await reports.ListAsync(members, cancellationToken)).Select(report => new MemberView(report.Id, report.Text, report.PostedAt, report.SourceId, report.Category, report.PCategory))]);
    }
}
