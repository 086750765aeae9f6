using System.Globalization;
using System.Text.Json;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Dissemination.Answering;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Warnings;

namespace Resilience.Tests.Relief;

/// <summary>Citizens' answers, closed areas, and who sees where.</summary>
public sealed class TakeAnswersTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_call_for_help_becomes_one_task_and_safe_becomes_none(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.AnswerAsync(Field.Answer("safe", AnswerKind.Safe, need: null));
        await field.AnswerAsync(Field.Answer("roof", need: Need.Trapped));
        await field.AnswerAsync(Field.Answer("roof", need: Need.Trapped));

        var task = Assert.Single(await field.ListTasksAsync());
        Assert.Equal((CapSeverity.Extreme, Skill.Rescue, "Reach trapped people in Bajo", "Four people on the roof"), (task.Severity, task.Skill, task.Title, task.Detail));
        Assert.Equal((89.9012, 27.4934), (task.Longitude, task.Latitude));
    }

    [Theory]
    [InlineData(Need.Medical, Skill.Medical, CapSeverity.Extreme)]
    [InlineData(Need.Water, Skill.Water, CapSeverity.Severe)]
    [InlineData(Need.Food, Skill.Food, CapSeverity.Severe)]
    [InlineData(Need.Shelter, Skill.Shelter, CapSeverity.Severe)]
    [InlineData(Need.Other, Skill.Other, CapSeverity.Severe)]
    public void What_is_needed_decides_who_goes_first(Need need, Skill skill, CapSeverity severity)
    {
        var task = TakeAnswers.Decide(Field.Answer("a", need: need));
        Assert.Equal((skill, severity), (task.Skill, task.Severity));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task While_a_severe_zone_covers_a_task_nobody_is_sent_there(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var before = Assert.Single(await field.OpenTasksAsync(1));
        await field.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        Assert.Equal("Flood", (await field.TaskAsync(before)).Warning);
        Assert.Equal("Do not enter: Flood", (await Field.RefusedAsync("relief.closed-area", () => field.ClaimAsync(before, Field.Pema))).Message);

        // One that comes up while the zone stands shows it at once.
        await field.AnswerAsync(Field.Answer("later"));
        await field.TellAsync(Field.Report("heard"));
        Assert.All(await field.ListTasksAsync(), task => Assert.Equal("Flood", task.Warning));

        await field.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe, version: 2, removed: true));
        Assert.All(await field.ListTasksAsync(), task => Assert.Null(task.Warning));
        Assert.Equal(TaskState.Claimed, (await field.ClaimAsync(before, Field.Pema)).State);
    }

    [Fact]
    public void Only_a_severe_zone_of_the_same_world_closes_a_place()
    {
        var task = TakeAnswers.Decide(Field.Answer("a"));
        Assert.NotNull(WarnTasks.WarningFor(task, [Desk.Zone(CapSeverity.Extreme)]));
        Assert.Null(WarnTasks.WarningFor(task, [Desk.Zone(CapSeverity.Moderate)]));
        Assert.Null(WarnTasks.WarningFor(task, [Desk.Zone(CapSeverity.Extreme, exercise: true)]));
        Assert.Null(WarnTasks.WarningFor(task, [Desk.Zone(CapSeverity.Extreme, area: Desk.Box(10, 10, 11, 11))]));
    }

    [Fact]
    public async Task Volunteers_see_the_cell_the_claimer_and_coordinators_the_house()
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        await field.ClaimAsync(id, Field.Pema);
        var (exact, cell) = ("89.9012 27.4934", "89.905 27.495");

        Assert.Equal(exact, await WhereAsync(Field.Pema, Roles.Volunteer));
        Assert.Equal(exact, await WhereAsync(Field.Sonam, Roles.Coordinator));
        Assert.Equal(cell, await WhereAsync(Field.Sonam, Roles.Volunteer));

        await field.Command.ReleaseAsync(id, new TaskRequest(), Field.Pema, CancellationToken.None);
        Assert.Equal(cell, await WhereAsync(Field.Pema, Roles.Volunteer));

        // The map is one for all volunteers, so it never has the house.
        var layer = field.Test.Services.GetLayers().OfType<TaskLayer>().Single();
        var point = JsonDocument.Parse(Assert.Single(await layer.ListChangedSinceAsync(0, CancellationToken.None)).Json).RootElement.GetProperty("geometry").GetProperty("coordinates");
        Assert.Equal((89.905, 27.495), (Math.Round(point[0].GetDouble(), 6), Math.Round(point[1].GetDouble(), 6)));

        async Task<string> WhereAsync(Caller caller, string role)
        {
            var task = Assert.Single(await field.Test.Get<ListTasks>().HandleAsync("water", 89.9, 27.49, Field.As(caller, role), CancellationToken.None));
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(task.Lon, 6)} {Math.Round(task.Lat, 6)}");
        }
    }

    [Fact]
    public async Task What_was_done_leaves_the_list_after_a_day()
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        await field.ClaimAsync(id, Field.Pema);
        await field.Command.FinishAsync(id, new TaskRequest(), Field.Pema, CancellationToken.None);
        var list = field.Test.Get<ListTasks>();

        Assert.Single(await list.HandleAsync(null, null, null, Field.As(Field.Pema, Roles.Volunteer), CancellationToken.None));
        field.Test.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Empty(await list.HandleAsync(null, null, null, Field.As(Field.Pema, Roles.Volunteer), CancellationToken.None));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_map_gets_a_snapshot_then_what_changed_then_what_left(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        await field.TellAsync(Field.Report("a"), Field.Report("far", place: "Punakha", lat: 27.59));
        foreach (var layer in field.Test.Services.GetLayers())
        {
            var snapshot = await layer.ListChangedSinceAsync(0, CancellationToken.None);
            Assert.Equal(2, snapshot.Count);
            var version = snapshot.Max(feature => feature.Version);
            Assert.Empty(await layer.ListChangedSinceAsync(version, CancellationToken.None));

            var incident = (await field.ListIncidentsAsync()).First(incident => incident.State == IncidentState.Unverified && incident.Place == (layer is TaskLayer ? "Bajo" : "Punakha"));
            await field.JudgeAsync(incident, IncidentState.Rejected, "Old");

            var gone = Assert.Single(await layer.ListChangedSinceAsync(version, CancellationToken.None));
            Assert.True(gone.Removed && gone.Version > version);
            Assert.Single(await layer.ListChangedSinceAsync(0, CancellationToken.None));
            await field.JudgeAsync(incident, IncidentState.Unverified);
            Assert.False(Assert.Single(await layer.ListChangedSinceAsync(gone.Version, CancellationToken.None)).Removed);
        }
    }
}

/// <summary>The map layers a store was built with.</summary>
file static class Layers
{
    internal static IEnumerable<IMapLayer> GetLayers(this IServiceProvider services) => (IEnumerable<IMapLayer>)services.GetService(typeof(IEnumerable<IMapLayer>))!;
}
