using Resilience.Core.Chain;

namespace Resilience.Reports;

/// <summary>What this module hands over.</summary>
public static class ReportTopics
{
    /// <summary>A post was stored and waits to be classified; key = post id (Guid, format D). The report gets the same id.</summary>
    public static readonly Topic Collected = new("reports.collected");

    /// <summary>A post became a classified, perhaps located, report; key = report id (Guid, format D).</summary>
    public static readonly Topic Classified = new("reports.classified");
}
