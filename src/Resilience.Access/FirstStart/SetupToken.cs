namespace Resilience.Access.FirstStart;

/// <summary>A one-time permission to create the first two accounts.</summary>
internal sealed class SetupToken
{
    public required string TokenHash { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
