namespace Resilience.Access.Auditing;

/// <summary>One row of the trail, as stored. Written only by <see cref="Audit"/>.</summary>
internal sealed class AuditRow
{
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Action { get; init; }

    public required string Subject { get; init; }

    public required string Detail { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }
}
