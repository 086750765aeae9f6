namespace Resilience.Relief.Groups;

/// <summary>Somebody who helps: a name others can call out, and a group that vouches for them.</summary>
public sealed class Volunteer
{
    /// <summary>Random: two people of the same name are two people.</summary>
    public required Guid Id { get; init; }

    /// <summary>1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 60 characters.</summary>
    public required string GroupName { get; init; }

    /// <summary>When they joined, on the chain's clock.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}
