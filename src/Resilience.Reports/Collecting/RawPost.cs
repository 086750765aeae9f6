namespace Resilience.Reports.Collecting;

/// <summary>What a line from a source says.</summary>
public enum RawPostKind
{
    /// <summary>Somebody wrote something.</summary>
    Written,

    /// <summary>The post was deleted; only <see cref="RawPost.Id"/> counts.</summary>
    Deleted,

    /// <summary>The author's account is gone or taken down; only <see cref="RawPost.Author"/> counts.</summary>
    AuthorGone,
}

/// <summary>A post as a format's reader hands it to <see cref="IngestPosts"/>: real times, plain text, handles not masked yet.</summary>
/// <param name="Id">Unique within the source; not stored as such.</param>
/// <param name="CreatedAt">When it was written, before any time shift.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Lang">Declared language (any BCP 47 tag), or null.</param>
/// <param name="Author">Whatever names the author in this source, or null; only its salted hash is stored.</param>
/// <param name="Kind">What happened.</param>
public sealed record RawPost(string Id, DateTimeOffset CreatedAt, string Text, string? Lang = null, string? Author = null, RawPostKind Kind = RawPostKind.Written);

/// <summary>Something that could not be read, and why; see <see cref="QuarantinedPost"/>.</summary>
public sealed record Unreadable(string Reason, string Detail, int Bytes);

/// <summary>What one ingest did.</summary>
/// <param name="Stored">Posts that were new.</param>
/// <param name="Known">Posts that were there already, or had been deleted.</param>
/// <param name="Deleted">Posts whose text was removed.</param>
/// <param name="Quarantined">Lines put aside with a reason.</param>
public sealed record Ingested(int Stored, int Known, int Deleted, int Quarantined);
