using System.ComponentModel.DataAnnotations;
using Resilience.Reports.Collecting;

namespace Resilience.Reports;

/// <summary>Configuration section <c>Reports</c>.</summary>
public sealed class ReportsOptions
{
    /// <summary>Sources to register at start, beside those already in the database.</summary>
    public IList<SourceDefinition> Sources { get; } = [];

    /// <summary>Keep streaming sources open. A headless replay reads them by hand instead.</summary>
    /// <value>true.</value>
    public bool Streaming { get; set; } = true;

    /// <summary>Days after which a post's text is deleted; what was concluded from it stays.</summary>
    /// <value>14: long enough to review an event, short enough that the server is no archive of what people wrote.</value>
    [Range(1, 365)]
    public int KeepTextDays { get; set; } = 14;

    /// <summary>The classifier's file.</summary>
    /// <value><c>models/reports-classifier.zip</c> in the nearest folder <c>models</c> above the program or the working directory.</value>
    public string? Model { get; set; }
}
