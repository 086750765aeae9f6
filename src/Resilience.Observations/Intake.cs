namespace Resilience.Observations;

/// <summary>What one answer of a feed newly brought; key of <see cref="ObservationTopics.Stored"/>.</summary>
/// <remarks>The id follows from the new rows themselves, so storing the same again finds the same batch.</remarks>
public sealed class ObservationBatch
{
    /// <summary>Derived from the rows it brought.</summary>
    public required Guid Id { get; init; }

    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>SHA-256 of the raw payload it was read from; null when it came from elsewhere (a benchmark, a test).</summary>
    public string? PayloadSha256 { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>How many observations it brought.</summary>
    public required int Observations { get; init; }

    /// <summary>The version of the quality rules that flagged it; their parameters stand under that version.</summary>
    public required string QualityVersion { get; init; }
}

/// <summary>An answer of a feed as received (after content decoding), kept for a while for proof and replay.</summary>
public sealed class RawPayload
{
    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>SHA-256 of the decoded bytes, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it first came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the very same bytes last came.</summary>
    public required DateTimeOffset LastReceivedAt { get; set; }

    /// <summary>Content type as received, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>Decoded length in bytes; where the answer was cut off for its size, what had come until then.</summary>
    public required long Bytes { get; init; }

    /// <summary>The bytes, gzip-compressed. Only the beginning when <see cref="Complete"/> is false.</summary>
    public required byte[] Gzip { get; init; }

    /// <summary>False when only the beginning is kept.</summary>
    public required bool Complete { get; init; }
}

/// <summary>Input that could not be used, with its reason. The same trouble again raises its count instead of adding a row.</summary>
public sealed class QuarantinedInput
{
    /// <summary>Order of first arrival.</summary>
    public long Id { get; init; }

    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>What makes it the same trouble: reason, and payload or detail.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When it first came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it last came.</summary>
    public required DateTimeOffset LastReceivedAt { get; set; }

    /// <summary>How often it came.</summary>
    public required int Times { get; set; }

    /// <summary>Stable code, kebab-case, for example <c>truncated</c>, <c>unknown-station</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Detail { get; set; }

    /// <summary>Size of the payload in bytes.</summary>
    public required long Bytes { get; set; }

    /// <summary>The raw payload it last stood in, while that is kept.</summary>
    public string? PayloadSha256 { get; set; }
}

/// <summary>The parameters of one version of the quality rules.</summary>
public sealed class QualityVersion
{
    /// <summary>Beginning of the SHA-256 of the parameters.</summary>
    public required string Version { get; init; }

    /// <summary>The parameters as JSON.</summary>
    public required string Parameters { get; init; }
}

/// <summary>What became of a WIS2 notification.</summary>
public enum NotificationOutcome
{
    /// <summary>Its content was read and stored.</summary>
    Stored,

    /// <summary>Its content is kept as it came: nothing here can decode it.</summary>
    NotDecoded,

    /// <summary>It withdrew what an earlier one had brought.</summary>
    Withdrawn,

    /// <summary>A later notification about the same data had been handled before it.</summary>
    Superseded,

    /// <summary>It could not be used; the same notification from another broker is tried again.</summary>
    Refused,
}

/// <summary>A WIS2 notification that was handled; kept as long as raw answers are.</summary>
public sealed class HandledNotification
{
    /// <summary>The notification's own id: the same from every broker.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is about; a later notification with the same one replaces or withdraws.</summary>
    public required string DataId { get; init; }

    /// <summary>When its origin published it.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it was handled here.</summary>
    public required DateTimeOffset ReceivedAt { get; set; }

    /// <summary>The feed it came by.</summary>
    public required string FeedId { get; set; }

    /// <summary>What became of it.</summary>
    public required NotificationOutcome Outcome { get; set; }

    /// <summary>The batch of observations it brought, or null.</summary>
    public Guid? BatchId { get; set; }
}

/// <summary>What was put right on reading one feed on one day of receipt, by kind: how often, and the last example.</summary>
public sealed class FeedFinding
{
    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>The day in UTC, <c>2019-06-20</c>.</summary>
    public required string Day { get; init; }

    /// <summary>Stable code, kebab-case, for example <c>ring-closed</c>, <c>time-zone-assumed</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many items.</summary>
    public required long Times { get; set; }

    /// <summary>An item as received.</summary>
    public required string Before { get; set; }

    /// <summary>The same as understood.</summary>
    public required string After { get; set; }
}

/// <summary>What a feed's answers held on one day of receipt.</summary>
public sealed class FeedDay
{
    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>The day in UTC, <c>2019-06-20</c>.</summary>
    public required string Day { get; init; }

    /// <summary>How often it was asked.</summary>
    public long Asked { get; set; }

    /// <summary>How often no whole answer came.</summary>
    public long Failed { get; set; }

    /// <summary>Items that told something.</summary>
    public long Usable { get; set; }

    /// <summary>Items set aside.</summary>
    public long Refused { get; set; }

    /// <summary>Items put right.</summary>
    public long Repaired { get; set; }

    /// <summary>Values stored.</summary>
    public long Stored { get; set; }

    /// <summary>Of them, those doubted when they were stored.</summary>
    public long Suspect { get; set; }
}
