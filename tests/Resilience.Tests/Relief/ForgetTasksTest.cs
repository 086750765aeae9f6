using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access;
using Resilience.Core.Chain;
using Resilience.Relief;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>What a citizen said, and where exactly, is for whoever goes there, while they go there, and for a month at most.</summary>
public sealed class ForgetTasksTest
{
    private const string Words = "Four people on the roof";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Words_and_place_come_with_the_claim_and_go_with_it(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        Assert.Equal("", await ReadAsync(field, Field.Pema, Roles.Volunteer));

        var claimed = await field.ClaimAsync(id, Field.Pema);
        Assert.Equal((Words, 89.9012, 27.4934), (claimed.Detail, claimed.Lon, claimed.Lat));
        Assert.Equal(Words, await ReadAsync(field, Field.Pema, Roles.Volunteer));
        Assert.Equal("", await ReadAsync(field, Field.Sonam, Roles.Volunteer));
        Assert.Equal(Words, await ReadAsync(field, Field.Sonam, Roles.Coordinator));
        Assert.DoesNotContain(Words, await MapAsync(field));

        var released = await field.Command.ReleaseAsync(id, new TaskRequest(Reason: "bridge gone"), Field.Pema, CancellationToken.None);
        Assert.Equal(("", 89.905), (released.Detail, Math.Round(released.Lon, 6)));
        Assert.Equal("", await ReadAsync(field, Field.Pema, Roles.Volunteer));
    }

    [Fact]
    public async Task What_the_public_wrote_in_the_open_may_be_read_by_all()
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        await field.TellAsync(Field.Report("a", text: "The school needs water"));
        Assert.Equal("The school needs water", await ReadAsync(field, Field.Pema, Roles.Volunteer));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task After_its_time_a_task_keeps_that_it_was_and_nothing_anybody_wrote(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var ids = await field.OpenTasksAsync(3);
        await field.ClaimAsync(ids[0], Field.Pema);
        await field.Command.FinishAsync(ids[0], new TaskRequest(Note: "brought to the red house"), Field.Pema, CancellationToken.None);
        field.Test.Clock.Advance(TimeSpan.FromDays(29));
        await field.Test.Get<ForgetTasks>().RunAsync(CancellationToken.None);
        Assert.All(await field.ListTasksAsync(), task => Assert.Null(task.ForgottenAt));

        await field.ClaimAsync(ids[1], Field.Sonam);
        field.Test.Clock.Advance(TimeSpan.FromDays(2));
        var version = await VersionAsync(field);
        await field.Test.Get<ForgetTasks>().RunAsync(CancellationToken.None);

        var done = await field.TaskAsync(ids[0]);
        Assert.Equal((TaskState.Done, "A call for help (water)", "", "", null), (done.State, done.Title, done.Place, done.Detail, done.Note));
        Assert.Equal((89.905, 27.495), (Math.Round(done.Longitude, 6), Math.Round(done.Latitude, 6)));
        Assert.Equal(Words, (await field.TaskAsync(ids[1])).Detail);
        Assert.Equal(TaskState.Closed, (await field.TaskAsync(ids[2])).State);
        Assert.Contains(await field.Test.Services.GetServices<IMapLayer>().OfType<TaskLayer>().Single().ListChangedSinceAsync(version, CancellationToken.None), feature => feature.Removed);
        await using var db = field.Test.Store.Read<ReliefDb>();
        Assert.DoesNotContain(await db.Acts.Where(act => act.TaskId == ids[0]).ToListAsync(), act => act.Note is not null);
    }

    [Fact]
    public async Task A_forgotten_task_does_not_come_back_with_its_incident()
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        await field.TellAsync(Field.Report("a"));
        var incident = Assert.Single(await field.ListIncidentsAsync());
        await field.JudgeAsync(incident, IncidentState.Rejected, "Old");
        field.Test.Clock.Advance(TimeSpan.FromDays(31));
        await field.Test.Get<ForgetTasks>().RunAsync(CancellationToken.None);

        await field.JudgeAsync(incident, IncidentState.Verified);

        Assert.Equal(TaskState.Closed, Assert.Single(await field.ListTasksAsync()).State);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_judgement_leaves_a_trace(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"));
        var incident = Assert.Single(await field.ListIncidentsAsync());
        await field.JudgeAsync(incident, IncidentState.Rejected, "Last year's \"flood\"");

        await using var db = field.Test.Store.Read<ReliefDb>();
        var trace = await db.Database.SqlQuery<string>($"SELECT person_name || ' ' || action || ' ' || subject || ' ' || detail AS \"Value\" FROM access_audit").ToListAsync();
        Assert.Equal([$"Dechen relief.incident-rejected incident:{incident.Id} {{\"reason\":\"Last year\\u0027s \\u0022flood\\u0022\"}}"], trace);
    }

    private static async Task<string> ReadAsync(Field field, Caller caller, string role) =>
        Assert.Single(await field.Test.Get<ListTasks>().HandleAsync(null, null, null, Field.As(caller, role), CancellationToken.None)).Detail;

    private static async Task<string> MapAsync(Field field) =>
        string.Concat((await field.Test.Services.GetServices<IMapLayer>().OfType<TaskLayer>().Single().ListChangedSinceAsync(0, CancellationToken.None)).Select(feature => Encoding.UTF8.GetString(feature.Json.Span)));

    private static async Task<long> VersionAsync(Field field) => (await field.ListTasksAsync()).Max(task => task.LayerVersion);
}
