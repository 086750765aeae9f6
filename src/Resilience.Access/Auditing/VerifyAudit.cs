using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Access.Auditing;

/// <summary>What a check of the trail found.</summary>
/// <param name="Rows">How many rows are sound, from the first on.</param>
/// <param name="Head">Hash of the last sound row. Written down elsewhere, it also proves that nothing was cut off the end.</param>
/// <param name="BrokenAt">Sequence number of the first row that does not follow from the one before; null when all do.</param>
/// <param name="Reason">What is wrong with it, in words; null when nothing is.</param>
public sealed record AuditVerdict(long Rows, string Head, long? BrokenAt, string? Reason);

/// <summary>Walks the trail from its first row and names the first broken link.</summary>
public sealed class VerifyAudit(Store store)
{
    /// <summary>Checks every row against the one before it.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<AccessDb>();
        var (rows, head) = (0L, Audit.Genesis);
        await foreach (var row in db.Audit.OrderBy(row => row.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (Fault(row, rows + 1, head) is { } fault)
            {
                return new AuditVerdict(rows, head, row.Sequence, fault);
            }

            (rows, head) = (rows + 1, row.Hash);
        }

        return new AuditVerdict(rows, head, null, null);
    }

    private static string? Fault(AuditRow row, long expected, string head)
    {
        if (row.Sequence != expected)
        {
            return $"row {expected} is missing";
        }

        if (row.PreviousHash != head)
        {
            return "it does not follow the row before it";
        }

        var personId = row.PersonId is null ? (Guid?)null : Guid.TryParse(row.PersonId, out var id) ? id : Guid.Empty;
        var entry = new AuditEntry(personId, row.PersonName, row.Action, row.Subject, row.Detail);
        return row.Hash == Audit.HashOf(head, row.Sequence, Audit.Micros(row.At), entry) ? null : "its content is not what was written";
    }
}
