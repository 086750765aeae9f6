using Resilience.Core;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>A coordinator's word on an incident, and what becomes of its task.</summary>
public sealed class JudgeIncidentTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_rejected_incident_takes_its_task_with_it_and_brings_it_back(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"));
        var incident = Assert.Single(await field.ListIncidentsAsync());

        await field.JudgeAsync(incident, IncidentState.Rejected, "Last year's flood");
        var task = Assert.Single(await field.ListTasksAsync());
        Assert.Equal((TaskState.Closed, "The incident was rejected: Last year's flood"), (task.State, task.Note));
        await Field.RefusedAsync("relief.over", () => field.ClaimAsync(task.Id, Field.Pema));

        await field.JudgeAsync(incident, IncidentState.Unverified);
        task = Assert.Single(await field.ListTasksAsync());
        Assert.Equal((TaskState.Open, null, CapSeverity.Moderate), (task.State, task.Note, task.Severity));

        await field.JudgeAsync(incident, IncidentState.Verified);
        Assert.Equal(CapSeverity.Severe, Assert.Single(await field.ListTasksAsync()).Severity);
        incident = Assert.Single(await field.ListIncidentsAsync());
        Assert.Equal(("Dechen", TestStore.Begin, CapSeverity.Severe), (incident.JudgedBy, incident.JudgedAt, incident.Severity));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_task_that_a_coordinator_closed_stays_closed_whatever_becomes_of_its_incident(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"));
        var (incident, task) = ((await field.ListIncidentsAsync())[0], (await field.ListTasksAsync())[0]);
        await field.Command.CloseAsync(task.Id, new TaskRequest(Reason: "The army does it"), Field.Pema, CancellationToken.None);

        await field.JudgeAsync(incident, IncidentState.Rejected, "Old");
        await field.JudgeAsync(incident, IncidentState.Verified);

        Assert.Equal((TaskState.Closed, "The army does it"), ((await field.TaskAsync(task.Id)).State, (await field.TaskAsync(task.Id)).Note));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_task_under_way_when_its_incident_is_rejected_does_not_return_to_the_pool(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"));
        var (incident, task) = ((await field.ListIncidentsAsync())[0], (await field.ListTasksAsync())[0]);
        await field.ClaimAsync(task.Id, Field.Pema);

        await field.JudgeAsync(incident, IncidentState.Rejected, "Old");
        Assert.Equal(TaskState.Claimed, (await field.TaskAsync(task.Id)).State);

        field.Test.Clock.Advance(ReliefTask.ClaimLasts + ReliefTask.Grace + TimeSpan.FromSeconds(1));
        await field.Test.Get<ReturnExpiredClaims>().RunAsync(CancellationToken.None);
        Assert.Equal((TaskState.Closed, "The incident was rejected: Old"), ((await field.TaskAsync(task.Id)).State, (await field.TaskAsync(task.Id)).Note));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Nothing_is_rejected_without_a_reason(string? reason)
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        await field.TellAsync(Field.Report("a"));
        var incident = Assert.Single(await field.ListIncidentsAsync());

        await Field.RefusedAsync("relief.no-reason", () => field.JudgeAsync(incident, IncidentState.Rejected, reason));
    }
}
