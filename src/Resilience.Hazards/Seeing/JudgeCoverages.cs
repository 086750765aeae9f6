using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Buffer;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Observations.Coverages;
using Resilience.Observations.Queries;

namespace Resilience.Hazards.Seeing;

/// <summary>Where a level stands by what a feed's rasters showed.</summary>
/// <param name="Level">The level.</param>
/// <param name="Area">Where; without what stands higher.</param>
/// <param name="From">The rasters that show part of it, the oldest first.</param>
/// <param name="Until">When the first of them is too old.</param>
internal sealed record StandingArea(HazardLevel Level, Geometry Area, IReadOnlyList<SeenCoverage> From, DateTimeOffset Until);

/// <summary>
/// What of a feed's rasters stands at a moment: a pure function of the rasters there are, in whatever order they came. A raster takes the place of older ones
/// within its outline when nearly all of it could be seen; under clouds what was seen before stands until it is too old.
/// </summary>
internal static class JudgeCoverages
{
    /// <summary>The rule's name.</summary>
    internal const string Rule = "seen-from-above";

    /// <summary>The rule's version.</summary>
    internal const string Version = "1";

    /// <summary>The rule in words.</summary>
    internal const string Text =
        "Where a raster reaches a class to which the operator gave a level, that level stands. A newer raster takes the place of older ones within its outline if at least nine tenths of it could be seen; otherwise it only adds. "
        + "What nothing newer has looked at ends when it is too old: rain after 6 hours, flood extents after 3 days, later only where such rasters appear less often. An end by age is no all-clear.";

    /// <summary>With less than this seen, what is missing may hide what stood before.</summary>
    internal const double Clear = 0.9;

    /// <summary>How long after its time a raster counts.</summary>
    internal static TimeSpan Lasts(CoverageMapping mapping)
    {
        var usual = mapping.Quantity == CoverageQuantity.FloodExtent ? TimeSpan.FromDays(3) : TimeSpan.FromHours(6);
        var next = mapping.Step is { } step ? (step * 1.5) + mapping.Latency : TimeSpan.Zero;
        return next > usual ? next : usual;
    }

    /// <summary>The longest any raster counts.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromDays(31 * 2.5);

    internal static HazardKind? KindOf(CoverageQuantity quantity) => quantity switch
    {
        CoverageQuantity.RainAccumulation => HazardKind.HeavyRain,
        CoverageQuantity.FloodExtent => HazardKind.RiverFlood,
        _ => null,
    };

    /// <summary>What stands now of the rasters of one quantity, the highest level first.</summary>
    internal static IReadOnlyList<StandingArea> Standing(IEnumerable<SeenCoverage> rasters, DateTimeOffset now)
    {
        var parts = new List<(SeenCoverage From, HazardLevel Level, Geometry Area)>();
        // Two rasters of one time are one look: what either shows stands.
        foreach (var look in rasters.DistinctBy(one => one.Coverage.Id).Where(one => now < one.Coverage.PhenomenonTime + Lasts(one.Mapping)).GroupBy(one => one.Coverage.PhenomenonTime).OrderBy(group => group.Key))
        {
            var all = look.OrderBy(one => one.Coverage.Id).ToList();
            var shown = all.SelectMany(one => AreasOf(one).Select(area => (From: one, area.Level, area.Area))).ToList();
            var cleared = Union([.. all.Where(one => one.Coverage.SeenShare >= Clear).Select(one => Looked(one.Coverage)), .. shown.Select(one => one.Area)]);
            parts = [.. parts.Select(part => part with { Area = Without(part.Area, cleared) }).Where(part => !part.Area.IsEmpty), .. shown];
        }

        var (standing, higher) = (new List<StandingArea>(), Wgs84.Factory.CreatePolygon() as Geometry);
        foreach (var level in parts.GroupBy(part => part.Level).OrderByDescending(group => group.Key))
        {
            var left = level.Select(part => (part.From, Area: Without(part.Area, higher))).Where(part => !part.Area.IsEmpty).ToList();
            if (left.Count > 0)
            {
                var area = Union([.. left.Select(part => part.Area)]);
                higher = Union([higher, area]);
                var from = left.Select(part => part.From).DistinctBy(one => one.Coverage.Id).OrderBy(one => one.Coverage.PhenomenonTime).ThenBy(one => one.Coverage.Id).ToList();
                standing.Add(new StandingArea(level.Key, area, from, from.Min(one => one.Coverage.PhenomenonTime + Lasts(one.Mapping))));
            }
        }

        return standing;
    }

    // Nested classes hold the higher ones; each level's own area is without them.
    private static List<(HazardLevel Level, Geometry Area)> AreasOf(SeenCoverage seen)
    {
        var areas = new List<(HazardLevel Level, Geometry Area)>();
        var higher = Wgs84.Factory.CreatePolygon() as Geometry;
        foreach (var level in seen.Extents.Where(extent => extent.Area is { IsEmpty: false } && extent.ClassIndex < seen.Mapping.Classes.Count)
            .GroupBy(extent => seen.Mapping.Classes[extent.ClassIndex].Raises ?? HazardLevel.None).Where(group => group.Key != HazardLevel.None).OrderByDescending(group => group.Key))
        {
            var area = Without(Union([.. level.OrderBy(extent => extent.ClassIndex).Select(extent => extent.Area!)]), higher);
            if (!area.IsEmpty)
            {
                areas.Add((level.Key, area));
                higher = Union([higher, area]);
            }
        }

        return areas;
    }

    // A pixel wider than the outline: in degrees its straight sides cut the corners of the pixels along them, and slivers would stay.
    private static Geometry Looked(Coverage raster)
    {
        var box = raster.Frame.EnvelopeInternal;
        return raster.Frame.Buffer(Math.Max(box.Width / raster.Width, box.Height / raster.Height), new BufferParameters(1, EndCapStyle.Flat, JoinStyle.Mitre, 2));
    }

    private static Geometry Union(IReadOnlyList<Geometry> areas)
    {
        var there = areas.Where(area => !area.IsEmpty).ToList();
        return there.Count switch
        {
            0 => Wgs84.Factory.CreatePolygon(),
            1 => there[0],
            _ => Surfaces(OverlayNGRobust.Union(there)),
        };
    }

    private static Geometry Without(Geometry area, Geometry other) =>
        other.IsEmpty || !area.EnvelopeInternal.Intersects(other.EnvelopeInternal) ? area : Surfaces(OverlayNGRobust.Overlay(area, other, SpatialFunction.Difference));

    // Where edges only touch an overlay may leave lines and points behind.
    private static Geometry Surfaces(Geometry found) => found is Polygon or MultiPolygon ? found
        : Wgs84.Factory.CreateMultiPolygon([.. PolygonExtracter.GetPolygons(found).Cast<Polygon>()]);
}
