namespace Resilience.Reports;

/// <summary>The module's map layers.</summary>
public static class ReportLayers
{
    /// <summary>Classified posts, for coordinators.</summary>
    public const string Posts = "reports.posts";

    /// <summary>Health of the sources, for everybody.</summary>
    public const string Feeds = "reports.feeds";
}
