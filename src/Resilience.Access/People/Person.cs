namespace Resilience.Access.People;

/// <summary>Somebody with an account.</summary>
internal sealed class Person
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name as it is compared; see <see cref="KeyOf"/>.</summary>
    public required string NameKey { get; init; }

    public required string Role { get; init; }

    public required string PasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Two names that differ only in case or outer spaces are the same person.</summary>
    public static string KeyOf(string name) => name.Trim().ToUpperInvariant();
}
