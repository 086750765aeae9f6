using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resilience.Reports.Locating.Evaluating;

/// <summary>How the places found in posts compare with those that people marked.</summary>
/// <param name="Posts">Posts judged.</param>
/// <param name="BadLines">Lines that were no posts.</param>
/// <param name="PostsPerSecond">Posts given a point each second, on one thread.</param>
/// <param name="Mentions">All marked places.</param>
/// <param name="Listed">Places the locator listed.</param>
/// <param name="ListedMarked">Share of those that overlap a marked one. The others are not all wrong: what its people could not look up is not marked.</param>
/// <param name="Points">The one point of each post.</param>
/// <param name="Types">Marked places by their type.</param>
/// <param name="Events">Points by event.</param>
/// <param name="Confidences">The points by stated confidence, tenth by tenth.</param>
public sealed record LocatingFigures(
    int Posts, int BadLines, double PostsPerSecond, MentionFigures Mentions, int Listed, double ListedMarked, PointFigures Points,
    IReadOnlyList<MentionFigures> Types, IReadOnlyList<PointFigures> Events, IReadOnlyList<ConfidenceBin> Confidences)
{
    /// <summary>The figures as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LocatingJson.Default.LocatingFigures);
}

/// <summary>Marked places.</summary>
/// <param name="Name">Their type; empty for all.</param>
/// <param name="Marked">How many.</param>
/// <param name="Found">Share that a listed place overlaps. The figures after it are of these.</param>
/// <param name="MedianKm">Distance of the listed point from the marked one; null when none was found.</param>
/// <param name="Within10Km">Share.</param>
/// <param name="Within100Km">Share.</param>
/// <param name="WithinRadius">Share no farther away than the radius the locator states.</param>
public sealed record MentionFigures(string Name, int Marked, double Found, double? MedianKm, double Within10Km, double Within100Km, double WithinRadius);

/// <summary>The points that posts were given, against the nearest place marked in the post.</summary>
/// <param name="Name">The event; empty for all.</param>
/// <param name="Posts">How many posts.</param>
/// <param name="Narrow">Share of posts in which something narrower than a country or a continent is marked: only they can have a point.</param>
/// <param name="Given">Share of posts given a point. The figures after it are of these.</param>
/// <param name="MedianKm">Distance; null when none was given.</param>
/// <param name="Within10Km">Share.</param>
/// <param name="Within100Km">Share.</param>
/// <param name="WithinRadius">Share no farther away than the radius stated with the point.</param>
/// <param name="FalsePoints">Points more than 100 km from every marked place.</param>
/// <param name="FalseOutside">Those of them that also lie outside the box of every marked place that is no country or continent.</param>
public sealed record PointFigures(
    string Name, int Posts, double Narrow, double Given, double? MedianKm, double Within10Km, double Within100Km, double WithinRadius, int FalsePoints, int FalseOutside);

/// <summary>Points of a stated confidence.</summary>
/// <param name="From">Lowest confidence of the bin.</param>
/// <param name="Points">How many.</param>
/// <param name="MeanConfidence">Stated.</param>
/// <param name="Within100Km">Came true.</param>
public sealed record ConfidenceBin(double From, int Points, double MeanConfidence, double Within100Km);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LocatingFigures))]
internal sealed partial class LocatingJson : JsonSerializerContext;
