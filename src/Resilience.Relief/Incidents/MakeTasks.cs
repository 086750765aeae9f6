using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Relief.Tasks;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Storage.HandingOver;

namespace Resilience.Relief.Incidents;

/// <summary>Incidents that ask for help become one task each; the task follows its incident's severity and is called off when it is rejected.</summary>
internal static class MakeTasks
{
    internal static async Task ForAsync(Step<ReliefDb> step, IReadOnlyCollection<Incident> incidents, ReportQueries reports, IReadOnlyList<RiskZone> standing, CancellationToken cancellationToken)
    {
        var asking = incidents.Where(incident => IncidentRules.AsksForHelp(incident.Kind)).OrderBy(incident => incident.FirstAt).ThenBy(incident => incident.Id).ToList();
        if (asking.Count == 0)
        {
            return;
        }

        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        var ids = asking.Select(incident => IdFor(incident.Id)).ToList();
        var known = await step.Db.Tasks.Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, cancellationToken);
        foreach (var incident in asking)
        {
            if (known.TryGetValue(IdFor(incident.Id), out var task))
            {
                Follow(task, incident, layer);
                continue;
            }

            var first = step.Db.Members.Local.FirstOrDefault(member => member.IncidentId == incident.Id);
            var text = first is null ? "" : (await reports.FindAsync(first.ReportId, cancellationToken))?.Text ?? "";
            var made = new ReliefTask
            {
                Id = IdFor(incident.Id),
                IncidentId = incident.Id,
                Title = TitleOf(incident),
                Detail = text,
                Place = incident.Place,
                Longitude = incident.Location.Coordinate.X,
                Latitude = incident.Location.Coordinate.Y,
                Skill = SkillOf(incident.Kind, text),
                Severity = incident.Severity,
                CreatedAt = step.Now,
                Exercise = incident.Exercise,
                LayerVersion = layer,
            };
            made.Warning = WarnTasks.WarningFor(made, standing);
            step.Db.Tasks.Add(made);
        }
    }

    internal static Guid IdFor(Guid incident) => StableId.From("relief.task", incident.ToString());

    private static void Follow(ReliefTask task, Incident incident, long layer)
    {
        if (task.Severity != incident.Severity && task.State is TaskState.Open or TaskState.Claimed)
        {
            (task.Severity, task.LayerVersion) = (incident.Severity, layer);
            task.Version++;
        }
    }

    private static string TitleOf(Incident incident) => incident.Kind switch
    {
        IncidentKind.Injured => $"Bring first aid to {incident.Place}",
        IncidentKind.Missing => $"Look for missing people in {incident.Place}",
        _ => $"Find out what is needed in {incident.Place}",
    };

    // The words decide only which group looks first; a person reads the text before anybody goes.
    private static Skill SkillOf(IncidentKind kind, string text) => kind switch
    {
        IncidentKind.Injured => Skill.Medical,
        IncidentKind.Missing => Skill.Rescue,
        _ when Says(text, "boat", "trapped", "stranded", "rescue", "rope") => Skill.Rescue,
        _ when Says(text, "medic", "doctor", "insulin", "hospital", "injured") => Skill.Medical,
        _ when Says(text, "water") => Skill.Water,
        _ when Says(text, "food", "rice", "meal") => Skill.Food,
        _ when Says(text, "shelter", "blanket", "tent", "tarp") => Skill.Shelter,
        _ => Skill.Other,
    };

    private static bool Says(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
