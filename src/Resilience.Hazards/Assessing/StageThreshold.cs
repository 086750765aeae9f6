using Resilience.Core;
using Resilience.Hazards.Ratings;

namespace Resilience.Hazards.Assessing;

/// <summary>The stage, the discharge, the rain within so many hours, or the felt temperature at which a level begins.</summary>
/// <param name="Level">The level that begins there.</param>
/// <param name="Value">In the datastream's unit.</param>
/// <param name="Unit">The datastream's unit.</param>
/// <param name="Label">What people call it, to follow "the": <c>flood stage</c>.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Assumed">True when nobody published it as a warning threshold and something stands in for it.</param>
/// <param name="Hours">The window a sum of rain is taken over; null for everything else.</param>
/// <param name="Kind">Where one datastream is judged for several hazards which of them: heat, cold, landslides; null otherwise, and for heavy rain.</param>
public sealed record StageThreshold(HazardLevel Level, double Value, string Unit, string Label, string Source, bool Assumed, int? Hours = null, HazardKind? Kind = null)
{
    /// <summary>What it was before a rating turned it into what the station measures; null for all others.</summary>
    public RatedFrom? Rated { get; init; }
}
