namespace Resilience.Observations;

/// <summary>Names of this module's map layers.</summary>
public static class FeedLayers
{
    /// <summary>One feature per station.</summary>
    public const string Stations = "observations.stations";

    /// <summary>One feature per feed, without geometry: its health.</summary>
    public const string Feeds = "observations.feeds";
}
