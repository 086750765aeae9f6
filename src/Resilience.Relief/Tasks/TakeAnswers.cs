using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Dissemination.Answering;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Relief.Tasks;

/// <summary>The link answer → task: a citizen's call for help becomes a task at once; "I am safe" needs none.</summary>
public sealed class TakeAnswers(Store store, AnswerQueries answers, RiskQueries zones, ILogger<TakeAnswers> logger) : Link<ReliefDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Relief.TakeAnswers";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<ReliefDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys.Distinct())
        {
            var answer = await answers.FindAsync(Guid.Parse(key), cancellationToken);
            if (answer is not { Kind: AnswerKind.NeedHelp })
            {
                continue;
            }

            var task = Decide(answer);
            if (!await step.Db.Tasks.AnyAsync(row => row.Id == task.Id, cancellationToken))
            {
                task.Warning = WarnTasks.WarningFor(task, await zones.ListAsync(cancellationToken));
                task.LayerVersion = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
                step.Db.Tasks.Add(task);
            }
        }
    }

    /// <summary>What a call for help becomes. Pure. A person asked for it about themselves, so it is Severe from the start; trapped and medical are Extreme.</summary>
    internal static ReliefTask Decide(CitizenAnswer answer)
    {
        var place = answer.PlaceName.Length > 0 ? answer.PlaceName : "the place given";
        var (skill, severity, title) = answer.Need switch
        {
            Need.Trapped => (Skill.Rescue, CapSeverity.Extreme, $"Reach trapped people in {place}"),
            Need.Medical => (Skill.Medical, CapSeverity.Extreme, $"Bring a medic to {place}"),
            Need.Water => (Skill.Water, CapSeverity.Severe, $"Bring drinking water to {place}"),
            Need.Food => (Skill.Food, CapSeverity.Severe, $"Bring food to {place}"),
            Need.Shelter => (Skill.Shelter, CapSeverity.Severe, $"Find shelter for people in {place}"),
            _ => (Skill.Other, CapSeverity.Severe, $"Help people in {place}"),
        };
        return new ReliefTask
        {
            Id = StableId.From("relief.task", "answer", answer.Id.ToString()),
            AnswerId = answer.Id,
            Title = title,
            Detail = answer.Text,
            Place = place,
            Longitude = answer.Longitude,
            Latitude = answer.Latitude,
            Skill = skill,
            Severity = severity,
            CreatedAt = answer.ReceivedAt,
            Exercise = answer.Exercise,
        };
    }
}
