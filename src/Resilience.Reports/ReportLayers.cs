namespace Resilience.Reports;

/// <summary>The module's map layers.</summary>
public static class ReportLayers
{
    /// <summary>Classified posts, for coordinators.</summary>
    public const string Posts = "reports.posts";

    /// <summary>How many report from where, for everybody; k-anonymous.</summary>
    public const string Density = "reports.density";

    /// <summary>Health of the sources, for everybody.</summary>
    public const string Feeds = "reports.feeds";
}
