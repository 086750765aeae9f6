using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Relief.Tasks;

/// <summary>What a phone sends with an act.</summary>
/// <param name="Key">Made by the phone; the same key again is the same act. Optional for acts that may repeat harmlessly.</param>
/// <param name="Reason">Why it is given back or closed.</param>
/// <param name="Note">What was done.</param>
public sealed record TaskRequest(string? Key = null, string? Reason = null, string? Note = null);

/// <summary>
/// Claim, extend, release, done, close: one transaction each, decided by <see cref="TaskRules"/>. Of two people at once exactly
/// one wins; the other learns who.
/// </summary>
internal sealed class CommandTasks(Store store, RiskQueries zones)
{
    private const int LongestWords = 1000;

    internal async Task<PlacedTask> ClaimAsync(Guid id, TaskRequest request, Caller caller, CancellationToken cancellationToken)
    {
        // Read outside the step: inside, each of many claims at once would hold one connection and wait for another.
        var standing = await zones.ListAsync(cancellationToken);
        return await ActAsync(
            id, "claim", request, caller,
            async (step, task, now) =>
            {
                var before = now - ReliefTask.Grace;
                var holds = await step.Db.Tasks.CountAsync(other => other.Id != id && other.State == TaskState.Claimed && other.ClaimedById == caller.Id && other.Until >= before, cancellationToken);
                task.Warning = WarnTasks.WarningFor(task, standing);
                TaskRules.Claim(task, caller, holds, now);
            },
            cancellationToken);
    }

    internal Task<PlacedTask> ExtendAsync(Guid id, TaskRequest request, Caller caller, CancellationToken cancellationToken) =>
        ActAsync(id, "extend", request, caller, Pure((task, now) => TaskRules.Extend(task, caller, now)), cancellationToken);

    internal Task<PlacedTask> ReleaseAsync(Guid id, TaskRequest request, Caller caller, CancellationToken cancellationToken) =>
        ActAsync(id, "release", request, caller, Pure((task, now) => TaskRules.Release(task, caller, request.Reason, now)), cancellationToken);

    internal Task<PlacedTask> FinishAsync(Guid id, TaskRequest request, Caller caller, CancellationToken cancellationToken) =>
        ActAsync(id, "done", request, caller, Pure((task, now) => TaskRules.Finish(task, caller, request.Note, now)), cancellationToken);

    internal Task<PlacedTask> CloseAsync(Guid id, TaskRequest request, Caller caller, CancellationToken cancellationToken) =>
        ActAsync(id, "close", request, caller, Pure((task, _) => TaskRules.Close(task, request.Reason?.Trim() is { Length: > 0 } reason ? reason : throw new RefusalException("relief.no-reason", "Say why the task is closed."))), cancellationToken);

    private static Func<Step<ReliefDb>, ReliefTask, DateTimeOffset, Task> Pure(Action<ReliefTask, DateTimeOffset> decide) => (_, task, now) =>
    {
        decide(task, now);
        return Task.CompletedTask;
    };

    private async Task<PlacedTask> ActAsync(
        Guid id, string act, TaskRequest request, Caller caller, Func<Step<ReliefDb>, ReliefTask, DateTimeOffset, Task> decide, CancellationToken cancellationToken)
    {
        if (request.Key is { Length: < 8 or > 64 } || request.Note is { Length: > LongestWords } || request.Reason is { Length: > LongestWords }
            || $"{request.Key}{request.Note}{request.Reason}".Contains('\0', StringComparison.Ordinal))
        {
            throw new RefusalException("relief.bad-words", "key must have 8 to 64 characters; reason and note at most 1,000, none of them null.");
        }

        // A link may have changed the task in between: then decide anew on what is there now.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ActOnceAsync(id, act, request, caller, decide, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < 20)
            {
                // Lost the race.
            }
        }
    }

    private async Task<PlacedTask> ActOnceAsync(
        Guid id, string act, TaskRequest request, Caller caller, Func<Step<ReliefDb>, ReliefTask, DateTimeOffset, Task> decide, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);

        // Taken before anything is read: acts go one after the other, so that nobody claims three tasks at the same moment.
        var layer = await step.NextLayerVersionAsync(TaskLayer.LayerName, cancellationToken);
        var task = await step.Db.Tasks.SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new RefusalException("relief.no-such-task", "There is no task with this id.", 404);
        var key = request.Key is null ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : $"{id:N} {caller.Id:N} {act} {request.Key}";
        if (await step.Db.Acts.AnyAsync(done => done.Key == key, cancellationToken))
        {
            return PlacedTask.Of(task, caller);
        }

        await decide(step, task, step.Now);
        task.Version++;
        task.LayerVersion = layer;
        step.Db.Acts.Add(new TaskAct { Key = key, TaskId = id, PersonId = caller.Id, Act = act, At = step.Now, Note = request.Note ?? request.Reason });
        await step.CommitAsync(cancellationToken);
        Telemetry.Acted(act);
        return PlacedTask.Of(task, caller);
    }
}
