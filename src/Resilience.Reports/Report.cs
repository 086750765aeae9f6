using NetTopologySuite.Geometries;

namespace Resilience.Reports;

/// <summary>
/// What one public post says, as far as a machine can tell: about the disaster or not, what kind of help or damage, and roughly
/// where. A hint for people, never by itself a reason for a public alert.
/// </summary>
public sealed class Report
{
    /// <summary>Follows from source and post, so the same post is the same report after any crash.</summary>
    public required Guid Id { get; init; }

    /// <summary>The <see cref="Collecting.SourceDefinition.Id"/> it came by.</summary>
    public required string SourceId { get; init; }

    /// <summary>
    /// Salted hash of source and author: equal for two posts of one author, of no use outside this installation. Empty when the
    /// source does not say who wrote; such posts must not be counted as independent witnesses.
    /// </summary>
    public required string OriginId { get; init; }

    /// <summary>Plain text, at most 2,000 characters, @mentions masked. Empty once deleted by its author or forgotten by age.</summary>
    public required string Text { get; set; }

    /// <summary>ISO 639-1 code, or <c>und</c> when neither the source nor the text makes it clear.</summary>
    public required string Lang { get; init; }

    /// <summary>When the post was written, with the source's time shift added.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    /// <summary>When it came in, by the chain's clock.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>True when the model holds it more likely than not that the post informs about a disaster.</summary>
    public required bool Informative { get; set; }

    /// <summary>Calibrated probability of <see cref="Informative"/>, 0 to 1.</summary>
    public required double PInformative { get; set; }

    /// <summary>One of <see cref="Classifying.Categories"/>; <c>not_humanitarian</c> whenever it is not informative.</summary>
    public required string Category { get; set; }

    /// <summary>Calibrated probability of <see cref="Category"/> given that the post is informative, 0 to 1.</summary>
    public required double PCategory { get; set; }

    /// <summary>The model that said so.</summary>
    public required string ModelVersion { get; set; }

    /// <summary>The place the text names, as the gazetteer writes it; null when none was found.</summary>
    public string? PlaceName { get; set; }

    /// <summary>Centre of the named place (a Point), null when none was found. Never where the author stood: see <see cref="RadiusKm"/>.</summary>
    public Geometry? Location { get; set; }

    /// <summary>How far from <see cref="Location"/> the place named may reach; null exactly when the location is.</summary>
    public double? RadiusKm { get; set; }

    /// <summary>0 to 1: how sure it is that this place is meant and not a namesake; null exactly when the location is.</summary>
    public double? PlaceConfidence { get; set; }

    /// <summary>From a drill or a recording: never mixed up with a real one.</summary>
    public required bool Exercise { get; init; }

    /// <summary>Seconds added to the post's real time; 0 when live.</summary>
    public required long ShiftSeconds { get; init; }

    /// <summary>On the live map: informative or located, at most 48 h old, among the newest.</summary>
    public required bool OnMap { get; set; }

    /// <summary>The <c>reports.posts</c> layer's version at which it last changed.</summary>
    public required long LayerVersion { get; set; }
}
