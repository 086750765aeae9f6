using Resilience.Core;
using Resilience.Relief.Tasks;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>What may be done to a task, by whom and when.</summary>
public sealed class TaskRulesTest
{
    private static readonly DateTimeOffset Now = TestStore.Begin;

    [Fact]
    public void A_claim_lasts_two_hours_and_is_extended_twice()
    {
        var task = Claimed();
        Assert.Equal(Now.AddHours(2), task.Until);

        TaskRules.Extend(task, Field.Pema, Now.AddMinutes(90));
        TaskRules.Extend(task, Field.Pema, Now.AddHours(2));

        Assert.Equal(Now.AddHours(4), task.Until);
        Refused("relief.extended-enough", () => TaskRules.Extend(task, Field.Pema, Now.AddHours(3)));
    }

    [Fact]
    public void Within_the_grace_it_is_still_theirs()
    {
        var task = Claimed();
        var late = Now + ReliefTask.ClaimLasts + ReliefTask.Grace;

        Refused("relief.already-claimed", () => TaskRules.Claim(task, Field.Sonam, 0, late));
        TaskRules.Extend(task, Field.Pema, late);
        Refused("relief.not-yours", () => TaskRules.Extend(Claimed(), Field.Pema, late.AddSeconds(1)));
        Refused("relief.not-yours", () => TaskRules.Release(Claimed(), Field.Sonam, null, Now));
    }

    [Fact]
    public void Claiming_what_one_holds_changes_nothing()
    {
        var task = Claimed();
        TaskRules.Claim(task, Field.Pema, 2, Now.AddHours(1));
        Assert.Equal(Now.AddHours(2), task.Until);
    }

    [Fact]
    public void The_other_learns_who_has_it_and_for_how_long()
    {
        var refusal = Assert.Throws<RefusalException>(() => TaskRules.Claim(Claimed(), Field.Sonam, 0, Now.AddMinutes(12)));
        Assert.Equal((409, "Pema claimed this 12 min ago."), (refusal.Status, refusal.Message));
    }

    [Fact]
    public void Nobody_is_sent_into_a_closed_area()
    {
        var task = Open();
        task.Warning = "Flood";
        Refused("relief.closed-area", () => TaskRules.Claim(task, Field.Pema, 0, Now));
    }

    [Fact]
    public void Nobody_marks_done_what_they_never_had() => Refused("relief.not-yours", () => TaskRules.Finish(Open(), Field.Pema, null, Now));

    [Fact]
    public void Done_is_done_once_and_stays()
    {
        var task = Claimed();
        TaskRules.Finish(task, Field.Pema, "Brought 40 l", Now.AddHours(1));
        TaskRules.Finish(task, Field.Pema, "and again", Now.AddHours(2));

        Assert.Equal((TaskState.Done, Now.AddHours(1), "Brought 40 l"), (task.State, task.DoneAt, task.Note));
        Refused("relief.over", () => TaskRules.Close(task, "Too late"));
        Assert.False(TaskRules.Follow(task, "Old", CapSeverity.Minor));
    }

    private static ReliefTask Claimed()
    {
        var task = Open();
        TaskRules.Claim(task, Field.Pema, 1, Now);
        return task;
    }

    private static ReliefTask Open() => TakeAnswers.Decide(Field.Answer("a"));

    private static void Refused(string code, Action act) => Assert.Equal(code, Assert.Throws<RefusalException>(act).Code);
}
