namespace Resilience.Reports.Collecting;

/// <summary>
/// A post taken in. Its text lives here only until it is classified, then in the report; the row stays so that the same post
/// coming again, even after its deletion, changes nothing. The post's public id and its author's name are not kept: the id is a
/// hash of source and post id.
/// </summary>
public sealed class Post
{
    /// <summary>Follows from source and post id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The source.</summary>
    public required string SourceId { get; init; }

    /// <summary>See <see cref="Report.OriginId"/>.</summary>
    public required string OriginId { get; init; }

    /// <summary>Waiting text; empty once classified or deleted.</summary>
    public required string Text { get; set; }

    /// <summary>As declared by the source; empty when it did not say.</summary>
    public required string Lang { get; init; }

    /// <summary>See <see cref="Report.PostedAt"/>.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    /// <summary>See <see cref="Report.CollectedAt"/>.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>See <see cref="Report.Exercise"/>.</summary>
    public required bool Exercise { get; init; }

    /// <summary>See <see cref="Report.ShiftSeconds"/>.</summary>
    public required long ShiftSeconds { get; init; }

    /// <summary>Deleted by its author: it must not come back.</summary>
    public bool Deleted { get; set; }
}

/// <summary>
/// A line or answer that could not be read. What it said is not kept, because it may name its author: only the reason, the place
/// in it where reading failed, and its size.
/// </summary>
public sealed class QuarantinedPost
{
    /// <summary>Order of arrival.</summary>
    public long Id { get; init; }

    /// <summary>The source.</summary>
    public required string SourceId { get; init; }

    /// <summary>When it came, by the chain's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Stable code: <c>not-json</c>, <c>too-deep</c>, <c>too-long</c>, <c>no-id</c>, <c>no-time</c>, <c>no-text</c>, <c>future</c>, <c>too-old</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>Its size.</summary>
    public required int Bytes { get; init; }
}
