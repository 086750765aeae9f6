namespace Resilience.Hazards.Assessing;

/// <summary>The rasters an assessment rests on; stands in its evidence.</summary>
/// <param name="Coverages">All that still show part of the area, the oldest first.</param>
/// <param name="FeedId">Whose they are.</param>
/// <param name="FeedName">Its name.</param>
/// <param name="Quantity">What the values are: FloodExtent or RainAccumulation.</param>
/// <param name="Classes">The classes that raise the level, as the operator named them.</param>
/// <param name="Oldest">When the oldest of them was seen.</param>
/// <param name="Time">When the newest of them was seen.</param>
/// <param name="Until">When the first of them is too old to stand.</param>
/// <param name="SeenShare">Share of the newest that could be seen at all.</param>
/// <param name="Notes">What one must know before trusting the area.</param>
public sealed record SeenFromAbove(
    IReadOnlyList<Guid> Coverages, string FeedId, string FeedName, string Quantity, IReadOnlyList<string> Classes, DateTimeOffset Oldest, DateTimeOffset Time, DateTimeOffset Until, double SeenShare, IReadOnlyList<string> Notes)
{
    /// <summary>What the id begins with under which an area seen from above is assessed, where a gauge has its station's id.</summary>
    public const string StationPrefix = "coverage:";
}
