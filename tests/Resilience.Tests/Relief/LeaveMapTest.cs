using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>The live map shows what goes on, not everything that ever was: it stays small however long the server runs.</summary>
public sealed class LeaveMapTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_incident_nobody_spoke_of_for_a_week_leaves_the_map_and_comes_back_when_somebody_does(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"));
        var seen = Assert.Single(await field.ListIncidentsAsync()).LayerVersion;
        await RunAsync(field);
        Assert.Empty(await ChangesAsync<IncidentLayer>(field, seen));

        field.Test.Clock.Advance(TimeSpan.FromDays(8));
        await RunAsync(field);
        await RunAsync(field);

        var gone = Assert.Single(await ChangesAsync<IncidentLayer>(field, seen));
        Assert.True(gone.Removed);
        Assert.Empty(await ChangesAsync<IncidentLayer>(field, 0));
        Assert.Empty(await ChangesAsync<IncidentLayer>(field, gone.Version));

        // A coordinator who judges it late does not put it back.
        await field.JudgeAsync(Assert.Single(await field.ListIncidentsAsync()), IncidentState.Verified);
        Assert.All(await ChangesAsync<IncidentLayer>(field, gone.Version), change => Assert.True(change.Removed));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_task_done_a_day_ago_leaves_the_map_of_a_server_that_never_restarts(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var ids = await field.OpenTasksAsync(2);
        await field.ClaimAsync(ids[0], Field.Pema);
        await field.Command.FinishAsync(ids[0], new TaskRequest(), Field.Pema, CancellationToken.None);
        var seen = (await field.ListTasksAsync()).Max(task => task.LayerVersion);
        await RunAsync(field);
        Assert.Empty(await ChangesAsync<TaskLayer>(field, seen));

        field.Test.Clock.Advance(TimeSpan.FromHours(25));
        await RunAsync(field);
        await RunAsync(field);

        Assert.Equal((ids[0].ToString(), true), Assert.Single((await ChangesAsync<TaskLayer>(field, seen)).Select(change => (change.Id, change.Removed))));
        Assert.Equal(ids[1].ToString(), Assert.Single(await ChangesAsync<TaskLayer>(field, 0)).Id);
    }

    private static async Task RunAsync(Field field)
    {
        foreach (var work in field.Test.Services.GetServices<IRecurringWork>().Where(work => work.Name == "relief.leave-map"))
        {
            await work.RunAsync(CancellationToken.None);
        }
    }

    private static Task<IReadOnlyList<MapFeature>> ChangesAsync<TLayer>(Field field, long since)
        where TLayer : IMapLayer => field.Test.Services.GetServices<IMapLayer>().OfType<TLayer>().Single().ListChangedSinceAsync(since, CancellationToken.None);
}
