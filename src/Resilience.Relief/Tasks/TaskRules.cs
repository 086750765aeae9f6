using System.Globalization;
using Resilience.Access;
using Resilience.Core;

namespace Resilience.Relief.Tasks;

/// <summary>What may be done to a task, by whom and when. Pure: each changes the task in place or refuses.</summary>
public static class TaskRules
{
    /// <summary>Claims. Exactly one person has a task; the chain's clock decides.</summary>
    /// <param name="task">The task.</param>
    /// <param name="caller">Who wants it.</param>
    /// <param name="holds">How many other tasks they hold now.</param>
    /// <param name="now">The chain's time.</param>
    public static void Claim(ReliefTask task, Caller caller, int holds, DateTimeOffset now)
    {
        if (task.State is TaskState.Done or TaskState.Closed)
        {
            throw new RefusalException("relief.over", task.State == TaskState.Done ? "This task is done already. Thank you." : $"A coordinator closed this task. {task.Note}".Trim(), 409);
        }

        if (task.State == TaskState.Claimed && !IsForfeit(task, now))
        {
            if (task.ClaimedById == caller.Id)
            {
                return;
            }

            var ago = now - task.ClaimedAt!.Value;
            var since = ago < TimeSpan.FromMinutes(1) ? "just now" : $"{(int)ago.TotalMinutes} min ago";
            throw new RefusalException("relief.already-claimed", $"{task.ClaimedByName} claimed this {since}.", 409);
        }

        if (task.Warning is not null)
        {
            throw new RefusalException("relief.closed-area", $"Do not enter: {task.Warning}", 409);
        }

        if (holds >= ReliefTask.MostAtOnce)
        {
            throw new RefusalException("relief.two-at-once", $"You hold {holds} tasks. Finish or give back one first.", 409);
        }

        (task.State, task.ClaimedById, task.ClaimedByName) = (TaskState.Claimed, caller.Id, caller.Name);
        (task.ClaimedAt, task.Until, task.Extensions, task.Note) = (now, now + ReliefTask.ClaimLasts, 0, null);
    }

    /// <summary>Keeps it an hour longer, at most twice.</summary>
    public static void Extend(ReliefTask task, Caller caller, DateTimeOffset now)
    {
        RequireHolder(task, caller, now);
        if (task.Extensions >= ReliefTask.MostExtensions)
        {
            throw new RefusalException("relief.extended-enough", "A claim can be extended twice. Give it back if it takes longer, so that somebody can help you.", 409);
        }

        task.Extensions++;
        task.Until = task.Until!.Value + ReliefTask.Extension;
    }

    /// <summary>Gives it back.</summary>
    public static void Release(ReliefTask task, Caller caller, string? reason, DateTimeOffset now)
    {
        RequireHolder(task, caller, now);
        ReturnToPool(task, reason);
    }

    /// <summary>Marks it done. The claimer's word counts also after their time ran out, as long as nobody else has taken it: work done is done.</summary>
    public static void Finish(ReliefTask task, Caller caller, string? note, DateTimeOffset now)
    {
        if (task.State == TaskState.Done)
        {
            // Said twice is once; somebody else's word adds nothing to the record.
            if (task.ClaimedById != caller.Id)
            {
                throw new RefusalException("relief.over", "This task is done already. Thank you.", 409);
            }

            return;
        }

        if (task.ClaimedById != caller.Id && task.State == TaskState.Claimed)
        {
            throw new RefusalException("relief.not-yours", $"Your time ran out and {task.ClaimedByName} has it now.", 409);
        }

        if (task.State == TaskState.Closed)
        {
            throw new RefusalException("relief.over", $"A coordinator closed this task. {task.Note}".Trim(), 409);
        }

        if (task.ClaimedById != caller.Id)
        {
            throw new RefusalException("relief.not-yours", "Claim this task before you mark it done.", 409);
        }

        (task.State, task.DoneAt, task.Until, task.Note) = (TaskState.Done, now, null, note);
    }

    /// <summary>Calls it off; a coordinator's decision.</summary>
    public static void Close(ReliefTask task, string reason)
    {
        if (task.State == TaskState.Done)
        {
            throw new RefusalException("relief.over", "This task is done already.", 409);
        }

        (task.State, task.Until, task.Note, task.CalledOff) = (TaskState.Closed, null, reason, null);
    }

    /// <summary>
    /// Follows the incident it comes from: called off when that is rejected (at once, or when who has it gives it back), there
    /// again when the judgement is taken back. What a coordinator closed by itself stays closed. True when anything changed.
    /// </summary>
    public static bool Follow(ReliefTask task, string? rejectedBecause, CapSeverity severity)
    {
        var before = (task.State, task.CalledOff, task.Severity);
        if (task.State == TaskState.Done || task.ForgottenAt is not null || (task.State == TaskState.Closed && task.CalledOff is null))
        {
            return false;
        }

        (task.CalledOff, task.Severity) = (rejectedBecause, severity);
        if (task.State == TaskState.Open && rejectedBecause is not null)
        {
            ReturnToPool(task, null);
        }
        else if (task.State == TaskState.Closed && rejectedBecause is null)
        {
            (task.State, task.Note) = (TaskState.Open, null);
        }

        return before != (task.State, task.CalledOff, task.Severity);
    }

    /// <summary>True when the claim's time and its grace have run out.</summary>
    public static bool IsForfeit(ReliefTask task, DateTimeOffset now) => task.State == TaskState.Claimed && task.Until + ReliefTask.Grace < now;

    /// <summary>Back to the pool, or closed when its incident was rejected meanwhile. Who had it stays on record, so that "done" can still be said.</summary>
    public static void ReturnToPool(ReliefTask task, string? note)
    {
        (task.State, task.ClaimedAt, task.Until, task.Extensions, task.Note) = (TaskState.Open, null, null, 0, note);
        if (task.CalledOff is { } reason)
        {
            (task.State, task.Note) = (TaskState.Closed, $"The incident was rejected: {reason}");
        }
    }

    private static void RequireHolder(ReliefTask task, Caller caller, DateTimeOffset now)
    {
        if (task.State != TaskState.Claimed || task.ClaimedById != caller.Id || IsForfeit(task, now))
        {
            var who = task.State == TaskState.Claimed && task.ClaimedById != caller.Id ? $"{task.ClaimedByName} has this task." : string.Create(CultureInfo.InvariantCulture, $"You do not hold this task (it is {task.State}).");
            throw new RefusalException("relief.not-yours", who, 409);
        }
    }
}
