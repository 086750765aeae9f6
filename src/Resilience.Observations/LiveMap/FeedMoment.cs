namespace Resilience.Observations.LiveMap;

/// <summary>What the map said of a feed from a moment on.</summary>
public sealed record FeedMoment
{
    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>From when on, on the chain's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was said of it, without what changes at every poll; a new moment begins when it changes.</summary>
    public required string State { get; init; }

    /// <summary>The GeoJSON Feature; null once the feed is removed.</summary>
    public required string? Feature { get; init; }
}
