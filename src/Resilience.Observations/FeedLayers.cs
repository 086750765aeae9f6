namespace Resilience.Observations;

/// <summary>Names of this module's map layers.</summary>
public static class FeedLayers
{
    /// <summary>One feature per station.</summary>
    public const string Stations = "observations.stations";

    /// <summary>Where the newest raster of each feed reaches its classes, and the outline of what it looked at.</summary>
    public const string Extents = "observations.extents";

    /// <summary>One feature per feed, without geometry: its health.</summary>
    public const string Feeds = "observations.feeds";
}
