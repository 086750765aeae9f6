using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Warnings.Cap;

/// <summary>What CAP calls our kinds of hazard.</summary>
internal static class HazardTerms
{
    /// <summary>The <c>event</c>, in the words of the OASIS event terms list.</summary>
    internal static string EventOf(HazardKind kind) => kind switch
    {
        HazardKind.RiverFlood => "Flood",
        HazardKind.GlacialLakeOutburst => "Glacial Lake Outburst Flood",
        HazardKind.HeavyRain => "Heavy Rain",
        HazardKind.Landslide => "Landslide",
        HazardKind.Earthquake => "Earthquake",
        HazardKind.Wildfire => "Wildfire",
        HazardKind.Storm => "Storm",
        HazardKind.ExtremeHeat => "Extreme Heat",
        HazardKind.ExtremeCold => "Extreme Cold",
        _ => "Emergency",
    };

    internal static CapCategory CategoryOf(HazardKind kind) => kind switch
    {
        HazardKind.GlacialLakeOutburst or HazardKind.Landslide or HazardKind.Earthquake => CapCategory.Geo,
        HazardKind.Wildfire => CapCategory.Fire,
        HazardKind.RiverFlood or HazardKind.HeavyRain or HazardKind.Storm or HazardKind.ExtremeHeat or HazardKind.ExtremeCold => CapCategory.Met,
        _ => CapCategory.Safety,
    };
}
