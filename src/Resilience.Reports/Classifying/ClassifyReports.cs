using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;
using Resilience.Reports.Collecting;
using Resilience.Reports.Locating;
using Resilience.Reports.Serving;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Reports.Classifying;

/// <summary>
/// Collected posts become reports: classified in one batch, located, put on the map when they inform or name a place. By itself
/// a report never leads to a public alert; it is handed to the relief side, where people verify.
/// </summary>
public sealed class ClassifyReports(Store store, Lazy<PostClassifier> model, LocatePost locate, ReportsMeter meter, ILogger<ClassifyReports> logger) : Link<ReportsDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Reports.ClassifyReports";

    /// <inheritdoc/>
    protected override int BatchSize => 500;

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<ReportsDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        using var activity = ReportsMeter.Activities.StartActivity("reports.classify");
        var ids = keys.Select(Guid.Parse).Distinct().ToList();
        var there = (await step.Db.Reports.Where(report => ids.Contains(report.Id)).Select(report => report.Id).ToListAsync(cancellationToken)).ToHashSet();
        var found = await step.Db.Posts.Where(post => ids.Contains(post.Id)).ToListAsync(cancellationToken);
        var posts = found.Where(post => !post.Deleted && post.Text.Length > 0 && !there.Contains(post.Id)).OrderBy(post => post.PostedAt).ThenBy(post => post.Id).ToList();
        if (posts.Count == 0)
        {
            return;
        }

        var countries = await step.Db.Sources.ToDictionaryAsync(source => source.Id, source => source.Countries, cancellationToken);
        var classifier = model.Value;
        var said = classifier.Classify([.. posts.Select(post => post.Text)]);
        var version = await step.NextLayerVersionAsync(ReportLayers.Posts, cancellationToken);
        foreach (var (post, classified) in posts.Zip(said))
        {
            var bias = countries.GetValueOrDefault(post.SourceId, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var report = ToReport(post, classified, locate.Locate(post.Text, bias), classifier.Version, step.Now);
            report.LayerVersion = version;
            step.Db.Reports.Add(report);
            post.Text = "";
            step.HandOver(ReportTopics.Classified, report.Id.ToString("D"));
            meter.Classified(report);
            meter.Age(step.Now - post.CollectedAt);
        }
    }

    /// <summary>The report of a post. Pure.</summary>
    internal static Report ToReport(Post post, Classified said, LocatedPlace? place, string model, DateTimeOffset now) => new()
    {
        Id = post.Id,
        SourceId = post.SourceId,
        OriginId = post.OriginId,
        Text = post.Text,
        Lang = post.Lang.Length > 0 ? post.Lang : DetectLanguage.Of(post.Text),
        PostedAt = post.PostedAt,
        CollectedAt = post.CollectedAt,
        Informative = said.Informative,
        PInformative = said.PInformative,
        Category = said.Category,
        PCategory = said.PCategory,
        ModelVersion = model,
        PlaceName = place?.Name,
        Location = place is null ? null : Wgs84.Point(place.Longitude, place.Latitude),
        RadiusKm = place?.RadiusKm,
        PlaceConfidence = place?.Confidence,
        Exercise = post.Exercise,
        ShiftSeconds = post.ShiftSeconds,
        OnMap = (said.Informative || place is not null) && post.PostedAt > now - PostsLayer.Window,
        LayerVersion = 0,
    };
}
