namespace Resilience.Observations.Feeds;

/// <summary>A feed as an operator (or a replay) describes it.</summary>
public sealed record FeedDefinition
{
    /// <summary>Short name: lower-case letters, digits and hyphens, at most 64.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Formats.FeedFormats.Names"/>: <c>uk-ea</c>, <c>usgs-ogc</c>, <c>usgs-iv</c>, <c>usgs-rdb</c>, <c>sensorthings</c>, <c>waterml2</c>, <c>metar</c>, <c>synop</c>, <c>table</c>, <c>geotiff</c>, <c>cap</c>, <c>gdacs</c>, <c>usgs-quakes</c>; for a feed that pushes <c>wis2</c> or <c>sensorthings</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Where the observations are fetched (http or https), or the broker that pushes them (mqtt or mqtts; see <see cref="Topics"/>).</summary>
    public required Uri Readings { get; init; }

    /// <summary>Where the stations are fetched (at first, then daily), or null when the observations carry them.</summary>
    public Uri? Stations { get; init; }

    /// <summary>How often it is asked.</summary>
    /// <value>15 minutes: what most river gauges send.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whom to credit on the map.</summary>
    public required string Credit { get; init; }

    /// <summary>Under which licence the data is used.</summary>
    public required string Licence { get; init; }

    /// <summary>Added to every time the feed gives; zero when live.</summary>
    public TimeSpan TimeShift { get; init; }

    /// <summary>
    /// For recordings that hold the whole record in every answer: observations later than the chain's now are ignored in this poll
    /// (they come again) instead of being quarantined.
    /// </summary>
    public bool HoldBackFuture { get; init; }

    /// <summary>
    /// One look at the world that nothing follows, as some recordings are: its stations owe no further reading for a year, so that
    /// the end of the recording does not read as two thousand gauges falling silent.
    /// </summary>
    public bool Snapshot { get; init; }

    /// <summary>Its stations belong to a drill.</summary>
    public bool Exercise { get; init; }

    /// <summary>What station ids begin with, for example <c>drill</c>; null: the format's own (<c>uk-ea</c>, <c>usgs</c>), or the feed's id where the format has none.</summary>
    public string? StationPrefix { get; init; }

    /// <summary>
    /// Zone of times and days that carry none: an offset (<c>+06:00</c>) or a name (<c>Asia/Thimphu</c>). Null: such values are set
    /// aside, because a guessed zone is hours wrong.
    /// </summary>
    public string? Zone { get; init; }

    /// <summary>Topic filters of a feed that pushes, for example <c>cache/a/wis2/+/data/core/weather/#</c>; empty for a feed that is asked.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>How the table of format <c>table</c> is to be read; null for all other formats.</summary>
    public Formats.TableMapping? Mapping { get; init; }

    /// <summary>How the raster of format <c>geotiff</c> is to be read; null for all other formats.</summary>
    public Coverages.CoverageMapping? Coverage { get; init; }

    /// <summary>Where a feed of warnings (<c>cap</c>, <c>gdacs</c>, <c>usgs-quakes</c>) is wanted: what lies outside raises nothing and is counted. Null: everywhere.</summary>
    public Bulletins.AreaOfInterest? Area { get; init; }
}
