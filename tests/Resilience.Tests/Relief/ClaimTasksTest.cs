using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Relief;
using Resilience.Relief.Tasks;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>One person has a task, whatever happens at once, on both engines.</summary>
public sealed class ClaimTasksTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Of_fifty_claims_at_once_one_wins_and_the_others_learn_who(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        var callers = Enumerable.Range(0, 50).Select(i => new Caller(StableId.From("test", $"volunteer {i}"), $"Volunteer {i}")).ToList();

        var outcomes = await Task.WhenAll(callers.Select(caller => Task.Run(() => TryAsync(() => field.ClaimAsync(id, caller, $"phone-of-{caller.Id:N}")))));

        var winner = Assert.Single(outcomes, outcome => outcome is null);
        Assert.Null(winner);
        var task = await field.TaskAsync(id);
        Assert.Equal(callers[Array.IndexOf(outcomes, null)].Id, task.ClaimedById);
        Assert.All(outcomes.Where(outcome => outcome is not null), refusal => Assert.Equal(("relief.already-claimed", $"{task.ClaimedByName} claimed this just now."), (refusal!.Code, refusal.Message)));
        Assert.Equal(1, task.Version);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Nobody_gets_hold_of_a_third_task_by_being_quick(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var ids = await field.OpenTasksAsync(10);

        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => TryAsync(() => field.ClaimAsync(id, Field.Pema)))));

        Assert.Equal(ReliefTask.MostAtOnce, outcomes.Count(outcome => outcome is null));
        Assert.All(outcomes.Where(outcome => outcome is not null), refusal => Assert.Equal("relief.two-at-once", refusal!.Code));
        Assert.Equal(ReliefTask.MostAtOnce, (await field.ListTasksAsync()).Count(task => task.State == TaskState.Claimed));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_key_again_is_the_same_act_also_twice_at_once(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        await field.ClaimAsync(id, Field.Pema);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => field.Command.ExtendAsync(id, new TaskRequest("the-same-key"), Field.Pema, CancellationToken.None))));

        Assert.Equal((1, TestStore.Begin + ReliefTask.ClaimLasts + ReliefTask.Extension), ((await field.TaskAsync(id)).Extensions, (await field.TaskAsync(id)).Until));
        await using var db = field.Test.Store.Read<ReliefDb>();
        Assert.Equal(2, await db.Acts.CountAsync());
    }

    [Fact]
    public async Task One_key_on_two_tasks_is_two_acts()
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        var ids = await field.OpenTasksAsync(2);

        Assert.Equal(TaskState.Claimed, (await field.ClaimAsync(ids[0], Field.Pema, "the-same-key")).State);
        Assert.Equal(TaskState.Claimed, (await field.ClaimAsync(ids[1], Field.Pema, "the-same-key")).State);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Who_gives_one_back_may_take_another(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var ids = await field.OpenTasksAsync(3);
        await field.ClaimAsync(ids[0], Field.Pema);
        await field.ClaimAsync(ids[1], Field.Pema);
        await Field.RefusedAsync("relief.two-at-once", () => field.ClaimAsync(ids[2], Field.Pema));

        await field.Command.ReleaseAsync(ids[0], new TaskRequest(Reason: "No boat"), Field.Pema, CancellationToken.None);

        Assert.Equal(TaskState.Claimed, (await field.ClaimAsync(ids[2], Field.Pema)).State);
        Assert.Equal((TaskState.Open, "No boat"), ((await field.TaskAsync(ids[0])).State, (await field.TaskAsync(ids[0])).Note));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_claim_whose_time_and_grace_ran_out_returns_to_the_pool(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        await field.ClaimAsync(id, Field.Pema);
        var expire = field.Test.Get<ReturnExpiredClaims>();

        field.Test.Clock.Advance(ReliefTask.ClaimLasts + ReliefTask.Grace);
        await expire.RunAsync(CancellationToken.None);
        Assert.Equal(TaskState.Claimed, (await field.TaskAsync(id)).State);

        field.Test.Clock.Advance(TimeSpan.FromSeconds(1));
        await expire.RunAsync(CancellationToken.None);
        await expire.RunAsync(CancellationToken.None);
        var task = await field.TaskAsync(id);
        Assert.Equal((TaskState.Open, "The time ran out.", 2), (task.State, task.Note, task.Version));
        Assert.Null(TaskView.Of(task).ClaimedBy);

        // Work done is done: the phone had no signal.
        Assert.Equal(TaskState.Done, (await field.Command.FinishAsync(id, new TaskRequest(Note: "Brought 40 l"), Field.Pema, CancellationToken.None)).State);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Done_after_somebody_else_took_it_over_does_not_count(Engine engine)
    {
        await using var field = await Field.OpenAsync(engine);
        var id = Assert.Single(await field.OpenTasksAsync(1));
        await field.ClaimAsync(id, Field.Pema);
        field.Test.Clock.Advance(ReliefTask.ClaimLasts + ReliefTask.Grace + TimeSpan.FromSeconds(1));

        // Before the sweep has even noticed.
        await field.ClaimAsync(id, Field.Sonam);

        var refusal = await Field.RefusedAsync("relief.not-yours", () => field.Command.FinishAsync(id, new TaskRequest(), Field.Pema, CancellationToken.None));
        Assert.Equal("Your time ran out and Sonam has it now.", refusal.Message);
        await field.Command.FinishAsync(id, new TaskRequest(), Field.Sonam, CancellationToken.None);
        await Field.RefusedAsync("relief.over", () => field.Command.FinishAsync(id, new TaskRequest(), Field.Pema, CancellationToken.None));
        await Field.RefusedAsync("relief.over", () => field.ClaimAsync(id, Field.Pema));
    }

    [Fact]
    public async Task What_is_too_long_or_nowhere_is_refused()
    {
        await using var field = await Field.OpenAsync(Engine.Sqlite);
        var id = Assert.Single(await field.OpenTasksAsync(1));

        await Field.RefusedAsync("relief.bad-words", () => field.ClaimAsync(id, Field.Pema, "short"));
        await Field.RefusedAsync("relief.bad-words", () => field.ClaimAsync(id, Field.Pema, new string('k', 65)));
        await Field.RefusedAsync("relief.bad-words", () => field.Command.FinishAsync(id, new TaskRequest(Note: new string('n', 1001)), Field.Pema, CancellationToken.None));
        await Field.RefusedAsync("relief.no-reason", () => field.Command.CloseAsync(id, new TaskRequest(Reason: " "), Field.Pema, CancellationToken.None));
        Assert.Equal(404, (await Field.RefusedAsync("relief.no-such-task", () => field.ClaimAsync(StableId.From("nowhere"), Field.Pema))).Status);
    }

    private static async Task<RefusalException?> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusalException refusal)
        {
            return refusal;
        }
    }
}
