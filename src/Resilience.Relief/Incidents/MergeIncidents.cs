using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Relief.Incidents;

/// <summary>
/// The link report → incident → task. Reports that name no place stay reports: an incident nobody can go to helps nobody.
/// </summary>
public sealed class MergeIncidents(Store store, ReportQueries reports, RiskQueries zones, ILogger<MergeIncidents> logger) : Link<ReliefDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Relief.MergeIncidents";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<ReliefDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var ids = keys.Select(Guid.Parse).Distinct().ToList();
        var known = await step.Db.Members.Where(member => ids.Contains(member.ReportId)).Select(member => member.ReportId).ToHashSetAsync(cancellationToken);
        var telling = (await reports.ListAsync(ids, cancellationToken))
            .Where(report => !known.Contains(report.Id) && report.Location is not null && IncidentRules.KindOf(report) is not null)
            .OrderBy(report => report.PostedAt).ThenBy(report => report.Id).ToList();
        if (telling.Count == 0)
        {
            return;
        }

        // Taken before anything is read: whoever writes incidents holds the layer's counter, so a judgement and a merge never pass each other.
        var layer = await step.NextLayerVersionAsync(IncidentLayer.LayerName, cancellationToken);
        var (from, to) = (telling[0].PostedAt - IncidentRules.Near, telling[^1].PostedAt + IncidentRules.Near);
        var open = await step.Db.Incidents.Where(incident => incident.State != IncidentState.Rejected && incident.LastAt >= from && incident.FirstAt <= to).ToListAsync(cancellationToken);
        var origins = await LoadOriginsAsync(step, [.. open.Select(incident => incident.Id)], cancellationToken);
        var changed = new HashSet<Incident>();
        foreach (var report in telling)
        {
            changed.Add(Take(step, report, open, origins));
        }

        foreach (var incident in changed)
        {
            incident.LayerVersion = layer;
        }

        await MakeTasks.ForAsync(step, changed, reports, await zones.ListAsync(cancellationToken), cancellationToken);
        Telemetry.Merged(telling.Count);
    }

    private static Incident Take(Step<ReliefDb> step, Report report, List<Incident> open, Dictionary<Guid, HashSet<string>> origins)
    {
        var kind = IncidentRules.KindOf(report)!.Value;
        var incident = open.Where(candidate => candidate.Kind == kind && IncidentRules.Belongs(report, candidate))
            .OrderBy(candidate => IncidentRules.DistanceKm(report, candidate)).ThenBy(candidate => candidate.Id).FirstOrDefault();
        if (incident is null)
        {
            incident = new Incident
            {
                Id = StableId.From("relief.incident", report.Id.ToString(), kind.ToString()),
                Kind = kind,
                Title = IncidentRules.TitleOf(kind, report.PlaceName!),
                Place = report.PlaceName!,
                Location = report.Location!,
                RadiusKm = report.RadiusKm!.Value,
                FirstAt = report.PostedAt,
                LastAt = report.PostedAt,
                Exercise = report.Exercise,
            };
            step.Db.Incidents.Add(incident);
            open.Add(incident);
            origins[incident.Id] = [];
        }

        step.Db.Members.Add(new IncidentMember { ReportId = report.Id, IncidentId = incident.Id, OriginId = report.OriginId });
        origins[incident.Id].Add(report.OriginId);
        incident.Reports++;
        incident.OnMap = true;
        incident.Origins = IncidentRules.CountOrigins(origins[incident.Id]);
        incident.FirstAt = report.PostedAt < incident.FirstAt ? report.PostedAt : incident.FirstAt;
        incident.LastAt = report.PostedAt > incident.LastAt ? report.PostedAt : incident.LastAt;
        incident.Severity = IncidentSeverity.Of(kind, incident.Origins, incident.State);
        return incident;
    }

    private static async Task<Dictionary<Guid, HashSet<string>>> LoadOriginsAsync(Step<ReliefDb> step, List<Guid> incidents, CancellationToken cancellationToken)
    {
        var members = await step.Db.Members.AsNoTracking().Where(member => incidents.Contains(member.IncidentId))
            .Select(member => new { member.IncidentId, member.OriginId }).Distinct().ToListAsync(cancellationToken);
        var origins = incidents.ToDictionary(id => id, _ => new HashSet<string>());
        foreach (var member in members)
        {
            origins[member.IncidentId].Add(member.OriginId);
        }

        return origins;
    }
}
