using System.Text.Json;
using Resilience.Core;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Reports.Classifying;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>From reports to incidents to tasks, on both engines.</summary>
public sealed class MergeIncidentsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Three_people_one_place_one_incident_one_task(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"), Field.Report("b", place: "Wangdue", lat: 27.51, hours: 1));
        Assert.Equal(CapSeverity.Moderate, Assert.Single(await field.ListIncidentsAsync()).Severity);

        await field.TellAsync(Field.Report("c", hours: 2));

        var incident = Assert.Single(await field.ListIncidentsAsync());
        Assert.Equal((3, 3, CapSeverity.Severe, "Bajo"), (incident.Reports, incident.Origins, incident.Severity, incident.Place));
        Assert.Equal((TestStore.Begin, TestStore.Begin.AddHours(2)), (incident.FirstAt, incident.LastAt));
        var task = Assert.Single(await field.ListTasksAsync());
        Assert.Equal((incident.Id, CapSeverity.Severe, Skill.Water, TaskState.Open), (task.IncidentId, task.Severity, task.Skill, task.State));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_reports_again_change_nothing(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var reports = new[] { Field.Report("a"), Field.Report("b", hours: 1), Field.Report("c", Categories.InfrastructureDamage) };
        await field.TellAsync(reports);
        var before = JsonSerializer.Serialize(((await field.ListIncidentsAsync()).Select(IncidentView.Of), (await field.ListTasksAsync()).Select(TaskView.Of)), Options);

        await field.TellAsync(reports);

        Assert.Equal(before, JsonSerializer.Serialize(((await field.ListIncidentsAsync()).Select(IncidentView.Of), (await field.ListTasksAsync()).Select(TaskView.Of)), Options));
        Assert.Equal(2, (await field.ListIncidentsAsync()).Count);
        Assert.Single(await field.ListTasksAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task One_person_who_says_it_fifty_times_is_one_person(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync([.. Enumerable.Range(0, 25).Select(i => Field.Report($"first {i}", origin: "loud"))]);
        await field.TellAsync([.. Enumerable.Range(0, 25).Select(i => Field.Report($"again {i}", origin: "loud"))]);

        var incident = Assert.Single(await field.ListIncidentsAsync());
        Assert.Equal((50, 1, CapSeverity.Moderate), (incident.Reports, incident.Origins, incident.Severity));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Far_in_place_late_or_another_kind_is_another_incident(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(
            Field.Report("a"), Field.Report("far", place: "Punakha", lat: 27.59), Field.Report("late", hours: 7), Field.Report("hurt", Categories.InjuredOrDead), Field.Report("advice", Categories.CautionAndAdvice));

        Assert.Equal(4, (await field.ListIncidentsAsync()).Count);
        Assert.Equal(4, (await field.ListTasksAsync()).Count);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task After_a_rejection_the_next_report_opens_a_new_incident(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"));
        await field.JudgeAsync((await field.ListIncidentsAsync())[0], IncidentState.Rejected, "Last year's flood");

        await field.TellAsync(Field.Report("b", hours: 1));

        Assert.Equal([IncidentState.Rejected, IncidentState.Unverified], (await field.ListIncidentsAsync()).Select(incident => incident.State));
        Assert.Equal(1, (await field.ListIncidentsAsync())[0].Reports);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_drills_report_makes_a_drills_task(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("real"), Field.Report("drill", exercise: true));

        Assert.Equal([false, true], (await field.ListTasksAsync()).Select(task => task.Exercise).Order());
    }

    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };
}
