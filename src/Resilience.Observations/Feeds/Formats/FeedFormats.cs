namespace Resilience.Observations.Feeds.Formats;

/// <summary>The formats this module reads.</summary>
public static class FeedFormats
{
    /// <summary>Their names, as they stand in <see cref="FeedDefinition.Format"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["uk-ea", "usgs-ogc", "usgs-iv"];
}
