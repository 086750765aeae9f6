using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Access.Auditing;

/// <summary>One thing somebody did.</summary>
/// <param name="PersonId">Who; null for the machine.</param>
/// <param name="PersonName">The name as it was then.</param>
/// <param name="Action">What, <c>module.did</c>, for example <c>warnings.approved</c>.</param>
/// <param name="Subject">To what, for example <c>draft:ID</c>.</param>
/// <param name="Detail">A JSON object with what else matters; <c>{}</c> when nothing does.</param>
public sealed record AuditEntry(Guid? PersonId, string PersonName, string Action, string Subject, string Detail = "{}")
{
    /// <summary>An entry about what a signed-in person did.</summary>
    public static AuditEntry By(Caller caller, string action, string subject, string detail = "{}") => new(caller.Id, caller.Name, action, subject, detail);
}

/// <summary>
/// The append-only trail of who did what. Each row carries the SHA-256 of the row before it and of itself, so a changed, removed
/// or inserted row breaks the chain; the database refuses changes besides.
/// </summary>
public static class Audit
{
    /// <summary>The hash the first row follows.</summary>
    internal static readonly string Genesis = new('0', 64);

    /// <summary>
    /// Appends a row inside another module's transaction, so that the deed and its trace commit together or not at all. Plain SQL
    /// on the step's own connection: no module needs this module's context.
    /// </summary>
    /// <remarks>
    /// From here to the end of the transaction all other appends wait (one chain, one writer), so call it last before the commit.
    /// </remarks>
    public static async Task AppendAsync<TDb>(Step<TDb> step, AuditEntry entry, CancellationToken cancellationToken)
        where TDb : ModuleDb
    {
        await TakeTurnAsync(step, cancellationToken);
        var database = step.Db.Database;
        var heads = await database.SqlQuery<AuditHead>($"SELECT sequence AS \"Sequence\", hash AS \"Hash\" FROM access_audit ORDER BY sequence DESC LIMIT 1").ToListAsync(cancellationToken);
        var (sequence, previous) = heads is [var head] ? (head.Sequence + 1, head.Hash) : (1, Genesis);
        var micros = Micros(step.Now);
        var time = DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
        var hash = HashOf(previous, sequence, micros, entry);
        await database.ExecuteSqlRawAsync(
            "INSERT INTO access_audit (sequence, at, person_id, person_name, action, subject, detail, previous_hash, hash) VALUES ({0}, {1}, NULLIF({2}, ''), {3}, {4}, {5}, {6}, {7}, {8})",
            [sequence, step.Db.IsSqlite ? micros : time, entry.PersonId?.ToString() ?? "", entry.PersonName, entry.Action, entry.Subject, entry.Detail, previous, hash],
            cancellationToken);
    }

    /// <summary>Waits until no other transaction appends. SQLite has one writer anyway.</summary>
    internal static async Task TakeTurnAsync<TDb>(Step<TDb> step, CancellationToken cancellationToken)
        where TDb : ModuleDb
    {
        if (!step.Db.IsSqlite)
        {
            await step.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('resilience.audit'))", cancellationToken);
        }
    }

    /// <summary>The hash a row must carry. Every part is length-prefixed, so no two different rows share one text.</summary>
    internal static string HashOf(string previous, long sequence, long micros, AuditEntry entry)
    {
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)[
            previous, sequence.ToString(CultureInfo.InvariantCulture), micros.ToString(CultureInfo.InvariantCulture),
            entry.PersonId?.ToString() ?? "", entry.PersonName, entry.Action, entry.Subject, entry.Detail])
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Whole microseconds since 1970: what both engines store without loss.</summary>
    internal static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}

/// <summary>The end of the chain as read back.</summary>
internal sealed record AuditHead(long Sequence, string Hash);
