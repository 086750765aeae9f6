namespace Resilience.Reports.Collecting;

/// <summary>A place posts come from, as configuration or a recording names it.</summary>
public sealed record SourceDefinition
{
    /// <summary>Short, stable, unique among sources, for example <c>mastodon-thimphu</c>. Part of every report's identity.</summary>
    public required string Id { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>mastodon-timeline</c>: polled JSON array of statuses. <c>json-lines-stream</c>: an open response of server-sent events
    /// or newline-delimited JSON, one post a line.
    /// </summary>
    public required string Format { get; init; }

    /// <summary>Where; http or https.</summary>
    public required Uri Uri { get; init; }

    /// <summary>How often it is polled; for a stream, how long silence is normal.</summary>
    /// <value>One minute unless told.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Who must be named beside the posts.</summary>
    public required string Credit { get; init; }

    /// <summary>The licence the posts come under.</summary>
    public required string Licence { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes of the countries its posts are mostly about, comma-separated; empty: the world. Breaks ties between namesakes.</summary>
    public string Countries { get; init; } = "";

    /// <summary>Added to every post's time, so that a recording plays now.</summary>
    public TimeSpan TimeShift { get; init; }

    /// <summary>True for drills and recordings.</summary>
    public bool Exercise { get; init; }
}
