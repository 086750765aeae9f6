using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Verifying;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards.Rules;

/// <summary>
/// Works at the verification that was asked for first: some seconds a turn, gauge by gauge, each kept with how far it came. The next turn, after a restart too, goes
/// on with the next gauge. One gauge's page of readings is all it holds.
/// </summary>
internal sealed partial class RunVerifications(Store store, ReplayStored replay, ILogger<RunVerifications> logger) : IRecurringWork
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(1);
    private const int Looked = 200;

    /// <inheritdoc/>
    public string Name => "hazards.run-verifications";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(Turn, cancellationToken);

    /// <summary>One turn of at most about so long; at least one gauge is looked at.</summary>
    internal async Task RunAsync(TimeSpan turn, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await FindAsync(cancellationToken) is { } run)
        {
            var ids = await ListAsync(run, cancellationToken);
            if (ids.Count == 0)
            {
                await FinishAsync(run, cancellationToken);
                continue;
            }

            var (kept, some, looked, at) = (Stopwatch.GetTimestamp(), new List<(string Id, JudgedGauge Judged, Setting Setting)>(), 0, run.AtDatastream);
            foreach (var id in ids)
            {
                if (await JudgeAsync(run, id, cancellationToken) is { } gauge)
                {
                    some.Add((id, gauge.Judged, gauge.Setting));
                }

                (looked, at) = (looked + 1, id);
                var over = Stopwatch.GetElapsedTime(begun) >= turn;
                if (over || id == ids[^1] || Stopwatch.GetElapsedTime(kept) >= KeepEvery)
                {
                    if (!await KeepAsync(run, some, looked, at, cancellationToken))
                    {
                        break;
                    }

                    if (over)
                    {
                        return;
                    }

                    (kept, looked) = (Stopwatch.GetTimestamp(), 0);
                    some.Clear();
                }
            }
        }
    }

    private async Task<(JudgedGauge Judged, Setting Setting)?> JudgeAsync(VerificationRun run, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await replay.JudgeAsync(run.Rule, id, run.RequestedAt, cancellationToken);
        }
        catch (Exception trouble) when (trouble is InvalidOperationException or ArgumentException or ArithmeticException or JsonException)
        {
            // One gauge that cannot be replayed must not keep the others from being so for ever.
            LogLeftOut(logger, trouble, id, run.Rule);
            return null;
        }
    }

    /// <summary>The first that is open, begun anew when another version of the rule runs by now.</summary>
    private async Task<VerificationRun?> FindAsync(CancellationToken cancellationToken)
    {
        VerificationRun? run;
        await using (var db = store.Read<HazardsDb>())
        {
            run = await db.Runs.Where(row => row.State == RunState.Waiting || row.State == RunState.Running).OrderBy(row => row.RequestedAt).ThenBy(row => row.Rule).FirstOrDefaultAsync(cancellationToken);
        }

        if (run is null || (run.State == RunState.Running && run.RuleVersion == VerifyRules.VersionOf(run.Rule)))
        {
            return run;
        }

        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        var total = await Of(step.Db, run.Rule).CountAsync(cancellationToken);
        if (await LockAsync(step, run.Id, cancellationToken) is not { } open)
        {
            return null;
        }

        await step.Db.RunGauges.Where(row => row.RunId == run.Id).ExecuteDeleteAsync(cancellationToken);
        run = open with { State = RunState.Running, RuleVersion = VerifyRules.VersionOf(run.Rule), Total = total, Done = 0, Judged = 0, AtDatastream = "" };
        step.Db.Runs.Update(run);
        await step.CommitAsync(cancellationToken);
        return run;
    }

    private async Task<List<string>> ListAsync(VerificationRun run, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        return await Of(db, run.Rule).Where(id => string.Compare(id, run.AtDatastream) > 0).OrderBy(id => id).Take(Looked).ToListAsync(cancellationToken);
    }

    /// <summary>What our own gauges are judged for; what others announce has a memory too, and no history of readings.</summary>
    private static IQueryable<string> Of(HazardsDb db, string rule)
    {
        var concern = VerifyRules.ConcernOf(rule);
        return db.Memories.AsNoTracking().Where(row => row.Concern == concern && !row.StationId.StartsWith("bulletin:") && !row.StationId.StartsWith("coverage:")).Select(row => row.DatastreamId);
    }

    /// <summary>The run as it is now, if it is still open; nobody else changes it until the step ends.</summary>
    private static async Task<VerificationRun?> LockAsync(Step<HazardsDb> step, Guid id, CancellationToken cancellationToken)
    {
        if (!step.Db.IsSqlite)
        {
            await step.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM hazards_verification_run WHERE id = {id} FOR UPDATE", cancellationToken);
        }

        return await step.Db.Runs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { IsOpen: true } run ? run : null;
    }

    /// <summary>Keeps how far it came; false when somebody has ended it.</summary>
    private async Task<bool> KeepAsync(VerificationRun run, List<(string Id, JudgedGauge Judged, Setting Setting)> some, int looked, string at, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (await LockAsync(step, run.Id, cancellationToken) is not { } open)
        {
            return false;
        }

        foreach (var (id, judged, setting) in some)
        {
            step.Db.RunGauges.Add(RunGauge.Of(run.Id, id, judged));
            if (run.Rule == setting.Rule.Name && judged.HeardDays >= VerifiedSet.EnoughDays)
            {
                await VerifiedSet.Of(id, setting, step.Now, judged.HeardDays, judged.ToResult()).KeepAsync(step, cancellationToken);
            }
        }

        var done = open.Done + looked;
        step.Db.Runs.Update(open with { Done = done, Total = Math.Max(open.Total, done), Judged = open.Judged + some.Count, AtDatastream = at });
        await step.CommitAsync(cancellationToken);
        return true;
    }

    private async Task FinishAsync(VerificationRun run, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<HazardsDb>(cancellationToken);
        if (await LockAsync(step, run.Id, cancellationToken) is not { } open)
        {
            return;
        }

        var gauges = (await step.Db.RunGauges.AsNoTracking().Where(row => row.RunId == run.Id).OrderBy(row => row.DatastreamId).ToListAsync(cancellationToken)).ConvertAll(row => row.Read());
        var ended = open with { EndedAt = step.Now };
        try
        {
            var verification = VerifyRules.Total(run.Rule, gauges, "stored observations");
            var json = JsonSerializer.Serialize(verification, VerificationJson.Default.Verification);
            var row = new StoredVerification
            {
                Id = StableId.From("hazards.verification", verification.Rule, verification.Version, verification.Data, run.Id.ToString(), json),
                Rule = verification.Rule,
                Version = verification.Version,
                Data = verification.Data,
                VerifiedAt = step.Now,
                Result = json,
            };
            step.Db.Verifications.Add(row);
            ended = ended with { State = RunState.Done, VerificationId = row.Id };
        }
        catch (RefusalException nothing)
        {
            ended = ended with { State = RunState.Failed, Problem = nothing.Message };
        }

        step.Db.Runs.Update(ended);
        await step.Db.RunGauges.Where(row => row.RunId == run.Id).ExecuteDeleteAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Datastream} could not be replayed through {Rule}; the others go on")]
    private static partial void LogLeftOut(ILogger logger, Exception trouble, string datastream, string rule);
}
