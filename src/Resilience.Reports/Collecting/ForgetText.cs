using Resilience.Storage.HandingOver;

namespace Resilience.Reports.Collecting;

/// <summary>Removes what people wrote from reports, and the reports from the map. What was concluded from them stays.</summary>
internal static class ForgetText
{
    internal static async Task ForgetAsync(Step<ReportsDb> step, IReadOnlyList<Report> reports, CancellationToken cancellationToken)
    {
        if (reports.Count == 0)
        {
            return;
        }

        var version = await step.NextLayerVersionAsync(ReportLayers.Posts, cancellationToken);
        foreach (var report in reports)
        {
            report.Text = "";
            report.OnMap = false;
            report.LayerVersion = version;
        }
    }
}
