namespace Resilience.Reports.Collecting;

/// <summary>How a source of posts is doing.</summary>
public enum SourceState
{
    /// <summary>Never answered yet.</summary>
    New,

    /// <summary>Answers when expected.</summary>
    Ok,

    /// <summary>Nothing good for three times its interval.</summary>
    Late,

    /// <summary>Nothing good for ten times its interval, and at least ten minutes.</summary>
    Dead,

    /// <summary>Switched off on purpose.</summary>
    Paused,
}

/// <summary>A source as stored: its definition, where reading stopped, and its health.</summary>
public sealed class PostSource
{
    /// <summary>See <see cref="SourceDefinition.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>See <see cref="SourceDefinition.Name"/>.</summary>
    public required string Name { get; set; }

    /// <summary>See <see cref="SourceDefinition.Format"/>.</summary>
    public required string Format { get; set; }

    /// <summary>See <see cref="SourceDefinition.Uri"/>.</summary>
    public required string Uri { get; set; }

    /// <summary>See <see cref="SourceDefinition.Every"/>.</summary>
    public required int EverySeconds { get; set; }

    /// <summary>See <see cref="SourceDefinition.Credit"/>.</summary>
    public required string Credit { get; set; }

    /// <summary>See <see cref="SourceDefinition.Licence"/>.</summary>
    public required string Licence { get; set; }

    /// <summary>See <see cref="SourceDefinition.Countries"/>.</summary>
    public required string Countries { get; set; }

    /// <summary>See <see cref="SourceDefinition.TimeShift"/>.</summary>
    public required long ShiftSeconds { get; set; }

    /// <summary>See <see cref="SourceDefinition.Exercise"/>.</summary>
    public required bool Exercise { get; set; }

    /// <summary>Where reading goes on: the newest post's id (polled) or the last event's (stream), in the source's own words.</summary>
    public string? Cursor { get; set; }

    /// <summary>The last answer's ETag, sent back as If-None-Match.</summary>
    public string? ETag { get; set; }

    /// <summary>Not asked before this time, by the chain's clock.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>When it last gave a readable answer.</summary>
    public DateTimeOffset? LastGood { get; set; }

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset? LastTried { get; set; }

    /// <summary>Why the last try failed, or what is missing (a gap); null when all is well.</summary>
    public string? LastError { get; set; }

    /// <summary>Failed tries since the last good one.</summary>
    public int Failures { get; set; }

    /// <summary>How often posts were certainly or probably missed between two reads.</summary>
    public int Gaps { get; set; }

    /// <summary>Posts that could not be read, in all.</summary>
    public int Quarantined { get; set; }

    /// <summary>As last shown on the map.</summary>
    public SourceState State { get; set; }

    /// <summary>The <c>reports.feeds</c> layer's version at which it last changed.</summary>
    public long LayerVersion { get; set; }
}
