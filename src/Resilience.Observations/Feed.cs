using Resilience.Observations.Feeds.Formats;

namespace Resilience.Observations;

/// <summary>How a feed is doing, judged against its own interval.</summary>
public enum FeedState
{
    /// <summary>Never tried yet.</summary>
    New,

    /// <summary>A good answer within the last two intervals.</summary>
    Ok,

    /// <summary>No good answer for two intervals.</summary>
    Late,

    /// <summary>No good answer for ten intervals, or never one in five attempts.</summary>
    Dead,

    /// <summary>A coordinator stopped it.</summary>
    Paused,
}

/// <summary>A source of observations: where it is, how often it is asked, and how it is doing.</summary>
public sealed class Feed
{
    /// <summary>Short name in lower case, for example <c>uk-ea</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; set; }

    /// <summary>Name of the format reader; see <see cref="Feeds.Formats.FeedFormats.Names"/>.</summary>
    public required string Format { get; set; }

    /// <summary>Where the observations are fetched.</summary>
    public required Uri Readings { get; set; }

    /// <summary>Where the stations are fetched, or null when the observations carry them.</summary>
    public Uri? Stations { get; set; }

    /// <summary>How often it is asked.</summary>
    public required TimeSpan Every { get; set; }

    /// <summary>Whom to credit.</summary>
    public required string Credit { get; set; }

    /// <summary>Under which licence it is used.</summary>
    public required string Licence { get; set; }

    /// <summary>Added to every time it gives; zero when live.</summary>
    public TimeSpan TimeShift { get; set; }

    /// <summary>Observations later than the chain's now are left for a later poll instead of being quarantined.</summary>
    public bool HoldBackFuture { get; set; }

    /// <summary>See <see cref="Feeds.FeedDefinition.Snapshot"/>.</summary>
    public bool Snapshot { get; set; }

    /// <summary>Its stations belong to a drill.</summary>
    public bool Exercise { get; set; }

    /// <summary>What station ids begin with; null: the format's own prefix.</summary>
    public string? StationPrefix { get; set; }

    /// <summary>See <see cref="Feeds.FeedDefinition.Zone"/>.</summary>
    public string? Zone { get; set; }

    /// <summary>See <see cref="Feeds.FeedDefinition.Mapping"/>; as JSON.</summary>
    public string? Mapping { get; set; }

    /// <summary>See <see cref="Feeds.FeedDefinition.Coverage"/>; as JSON.</summary>
    public string? Coverage { get; set; }

    /// <summary>See <see cref="Feeds.FeedDefinition.Area"/>; as JSON.</summary>
    public string? Area { get; set; }

    /// <summary>Topic filters it is subscribed to, one a line; null for a feed that is asked instead of pushing.</summary>
    public string? Topics { get; set; }

    /// <summary>The name the broker keeps our session under; a new one whenever broker or topics change. Null for a feed that is asked.</summary>
    public string? ClientId { get; set; }

    /// <summary>Since when the broker cannot be reached; null while connected, and for a feed that is asked.</summary>
    public DateTimeOffset? LostSince { get; set; }

    /// <summary>Beginning of the last stretch in which messages may have been missed for good; null when there was none.</summary>
    public DateTimeOffset? GapFrom { get; set; }

    /// <summary>End of that stretch.</summary>
    public DateTimeOffset? GapUntil { get; set; }

    /// <summary>State as last judged.</summary>
    public FeedState State { get; set; }

    /// <summary>A coordinator stopped it.</summary>
    public bool Paused { get; set; }

    /// <summary>When a coordinator removed it; what it brought stays, its stations leave the map. Null while it is there.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Not asked before this time of the chain's clock.</summary>
    public DateTimeOffset NextDue { get; set; }

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset? LastTried { get; set; }

    /// <summary>When it last gave a usable answer ("nothing changed" is one).</summary>
    public DateTimeOffset? LastGood { get; set; }

    /// <summary>Failures since the last good answer.</summary>
    public int ConsecutiveFailures { get; set; }

    /// <summary>What went wrong last, in plain words; null once it is good again.</summary>
    public string? LastError { get; set; }

    /// <summary>Entity tag of the last answer, as received.</summary>
    public string? ETag { get; set; }

    /// <summary>Last-Modified of the last answer, as received.</summary>
    public string? LastModified { get; set; }

    /// <summary>SHA-256 of the last answer that was stored, hexadecimal.</summary>
    public string? LastSha256 { get; set; }

    /// <summary>Usable items in the last good answer: an answer with none after one with some is trouble, never calm.</summary>
    public int LastItems { get; set; }

    /// <summary>Entity tag of the last station list.</summary>
    public string? StationsETag { get; set; }

    /// <summary>Last-Modified of the last station list.</summary>
    public string? StationsLastModified { get; set; }

    /// <summary>When the station list was last read; null: never.</summary>
    public DateTimeOffset? StationsGood { get; set; }

    /// <summary>Stations known of this feed.</summary>
    public int StationCount { get; set; }

    /// <summary>How many of them have said nothing for over four of their own expected intervals (at least an hour). None of a snapshot.</summary>
    public int SilentStations { get; set; }

    /// <summary>Quarantined inputs last seen within 24 hours.</summary>
    public int Quarantined { get; set; }

    /// <summary>Warnings it lists that may still stand and are left out because they lie outside <see cref="Area"/>.</summary>
    public int OutsideArea { get; set; }

    /// <summary>How good what it gives is, 0 to 100; see <see cref="Feeds.FeedScore"/>. Null before there is anything to judge.</summary>
    public int? Score { get; set; }

    /// <summary>The version of layer <c>observations.feeds</c> at which it last changed.</summary>
    public long Version { get; set; }

    /// <summary>False for feeds of areas or announcements: none of theirs is waited for.</summary>
    public bool BringsStations => FeedFormats.BringStations(Format);
}
