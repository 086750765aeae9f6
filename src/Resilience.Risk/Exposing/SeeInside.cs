using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Resilience.Observations.Coverages;
using Resilience.Observations.Queries;

namespace Resilience.Risk.Exposing;

/// <summary>
/// Says what rasters show of an area. It stands beside a zone's other evidence and changes nothing by itself: a radar that sees no water under
/// trees or between houses has not seen that there is none.
/// </summary>
public static class SeeInside
{
    /// <summary>One line per class of each raster, with its share of the area; shares are of the area as drawn in degrees, which on one zone is the same.</summary>
    public static IReadOnlyList<SeenInside> Of(Geometry area, IReadOnlyList<SeenExtent> seen) =>
    [
        .. seen.Select(one => new SeenInside(
            one.Coverage.Id, one.Extent.ClassIndex, one.Extent.Name, one.Coverage.Quantity, one.Feed.Name, one.Coverage.PhenomenonTime,
            Share(area, one.Extent.Area), Share(area, one.Coverage.Frame), one.Coverage.SeenShare, one.Coverage.Exercise)),
    ];

    /// <summary>The sentences one must know before trusting a raster's area.</summary>
    public static IReadOnlyList<string> Assumptions(SeenExtent seen, Exposure exposure)
    {
        var said = seen.Extent.Area is { } area ? exposure.LimitsOf(area).ToList() : [];
        if (seen.Coverage.Quantity == CoverageQuantity.FloodExtent)
        {
            said.Add("Rivers and lakes that are always there are part of it. Water under trees and between houses is often not seen.");
        }

        if (seen.Coverage.SeenShare < 0.999)
        {
            said.Add(FormattableString.Invariant($"{(1 - seen.Coverage.SeenShare) * 100:0.#} % of the image carries no value (clouds, shadow, edge): nothing is known there."));
        }

        if (seen.Extent.Coarsening > 1)
        {
            said.Add(FormattableString.Invariant($"It is drawn from blocks of {seen.Extent.Coarsening} by {seen.Extent.Coarsening} pixels, each counted as inside when at least half of it is."));
        }

        return said;
    }

    private static double Share(Geometry area, Geometry? part) => part is null || area.Area <= 0 || !part.EnvelopeInternal.Intersects(area.EnvelopeInternal)
        ? 0
        : Math.Round(Math.Clamp(OverlayNGRobust.Overlay(area, part, SpatialFunction.Intersection).Area / area.Area, 0, 1), 4);
}
