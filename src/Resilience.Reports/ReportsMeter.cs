using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Resilience.Reports;

/// <summary>Metrics and traces of this module, both named <c>Resilience.Reports</c>.</summary>
public sealed class ReportsMeter
{
    /// <summary>The meter's and the activity source's name.</summary>
    public const string Name = "Resilience.Reports";

    private readonly Counter<long> _stored;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _deleted;
    private readonly Counter<long> _classified;
    private readonly Histogram<double> _age;

    /// <summary>Made once by the host.</summary>
    public ReportsMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _stored = meter.CreateCounter<long>("resilience.reports.posts.stored", "{post}", "New posts taken in.");
        _quarantined = meter.CreateCounter<long>("resilience.reports.posts.quarantined", "{post}", "Lines that could not be read.");
        _deleted = meter.CreateCounter<long>("resilience.reports.posts.deleted", "{post}", "Posts whose text was removed on their author's wish.");
        _classified = meter.CreateCounter<long>("resilience.reports.classified", "{report}", "Posts classified, by category and whether they were located.");
        _age = meter.CreateHistogram<double>("resilience.reports.age", "s", "Chain seconds from collecting a post to its report.");
    }

    /// <summary>Where the module's traces come from.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    internal void Ingested(string source, int stored, int quarantined, int deleted)
    {
        var tag = KeyValuePair.Create<string, object?>("source", source);
        _stored.Add(stored, tag);
        _quarantined.Add(quarantined, tag);
        _deleted.Add(deleted, tag);
    }

    internal void Classified(Report report)
    {
        _classified.Add(1, KeyValuePair.Create<string, object?>("category", report.Category), KeyValuePair.Create<string, object?>("located", report.Location is not null));
    }

    internal void Age(TimeSpan age) => _age.Record(age.TotalSeconds);
}
