namespace Resilience.Storage.HandingOver;

/// <summary>
/// One piece of work waiting for one link: written in the transaction that produced it, deleted in the transaction that
/// stored what the link made of it.
/// </summary>
public sealed class HandedOver
{
    /// <summary>Order of arrival.</summary>
    public long Id { get; init; }

    /// <summary>The link that must handle it, <c>Module.Verb</c>.</summary>
    public required string Link { get; init; }

    /// <summary>What it is about; the producer says in its topic's documentation what stands here.</summary>
    public required string Key { get; init; }

    /// <summary>When it was handed over.</summary>
    public required DateTimeOffset HandedOverAt { get; init; }

    /// <summary>How often handling it failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried again before this time.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public string? LastError { get; set; }
}
