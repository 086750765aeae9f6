using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards.Cascading;

namespace Resilience.Risk.Footprints;

/// <summary>Where a hazard may strike, with what one must know before trusting it.</summary>
/// <param name="Area">A Polygon or MultiPolygon, outer rings counter-clockwise.</param>
/// <param name="Words">What the area is, to follow "inside": <c>8 km around the gauge</c>.</param>
/// <param name="Assumptions">Plain sentences.</param>
public sealed record Footprint(Geometry Area, string Words, IReadOnlyList<string> Assumptions);

/// <summary>
/// Draws footprints. There is no inundation model: a river flood is a circle around the gauge whose radius grows with the level, an
/// outburst the valley below the lake where a reach is known, heavy rain a circle that depends on for how long it fell. Pure.
/// </summary>
public sealed class DrawFootprint(IReadOnlyList<Reach> reaches)
{
    /// <summary>How near a lake must be to the head of a reach to be its source.</summary>
    public const double SnapMetres = RiverGraph.SnapMetres;

    /// <summary>Radius around a gauge by level. Chosen, not modelled: about the length of river a gauge speaks for.</summary>
    /// <returns>Metres.</returns>
    public static double RadiusMetres(HazardLevel level) => level switch
    {
        HazardLevel.Action => 3_000,
        HazardLevel.Minor => 5_000,
        HazardLevel.Moderate => 8_000,
        _ => 12_000,
    };

    /// <summary>
    /// How far around it one rain gauge is taken to speak for. A shower is some kilometres wide, so a sum of up to six hours is taken for 5 km; rain
    /// that goes on longer comes from something larger, and 10 km is less than the spacing of gauges that WMO-No. 168 calls enough in hills (one for
    /// 575 km², 13.5 km around each). Chosen, not measured: more does not follow from one gauge, whatever fell there.
    /// </summary>
    /// <param name="hours">The window that decided.</param>
    /// <returns>Metres.</returns>
    public static double RainRadiusMetres(int? hours) => hours > 6 ? 10_000 : 5_000;

    /// <summary>How far around it a thermometer is taken to speak for. Chosen: air temperature changes little over such a distance on level ground, and much in mountains.</summary>
    /// <value>15 km.</value>
    public const double ThermometerMetres = 15_000;

    /// <summary>The footprint of a hazard seen at a station.</summary>
    /// <param name="station">Where it stands.</param>
    /// <param name="kind">What threatens.</param>
    /// <param name="level">How much.</param>
    /// <param name="hours">Of rain, and of landslides after it, the window that decided.</param>
    public Footprint At(Coordinate station, HazardKind kind, HazardLevel level, int? hours = null)
    {
        ArgumentNullException.ThrowIfNull(station);
        if (kind == HazardKind.HeavyRain)
        {
            var around = RainRadiusMetres(hours);
            return new Footprint(
                Wgs84.Circle(station, around),
                $"{around / 1000:0.#} km around the rain gauge",
                [
                    $"One gauge says what fell on it. Rain differs from valley to valley; it is taken to speak for {around / 1000:0.#} km around, and beyond nobody knows from it: no mark there does not mean that it was dry.",
                    "Where the water gathers is not modelled: low ground, streams and slopes inside are struck first, and those who live downstream outside may be too.",
                ]);
        }

        if (kind == HazardKind.Landslide)
        {
            var around = RainRadiusMetres(hours);
            return new Footprint(
                Wgs84.Circle(station, around),
                $"{around / 1000:0.#} km around the rain gauge",
                [
                    $"How steep the ground is, is not known here: all {around / 1000:0.#} km around the rain gauge are marked. Far from slopes nothing slides; below a slope people are in danger though they live on level ground.",
                    "Only rain is measured. Soil, how wet the ground was before, cut slopes and forest are not known: most slopes hold in such rain, and some fail in less.",
                ]);
        }

        if (kind == HazardKind.GlacialLakeOutburst && FindReach(station) is { } reach)
        {
            return new Footprint(
                Corridor.Around(reach.Line, reach.HalfWidthMetres),
                $"{reach.HalfWidthMetres / 1000:0.#} km either side of the {reach.River} from {reach.From} to {reach.To}",
                [
                    $"The corridor follows an approximate course of the {reach.River}, {reach.HalfWidthMetres:0} m to either side; how far the water really reaches is not modelled.",
                    .. reach.Synthetic ? ["The course was drawn by hand for a drill: do not use it for a real warning."] : Array.Empty<string>(),
                ]);
        }

        if (kind is HazardKind.ExtremeHeat or HazardKind.ExtremeCold)
        {
            return new Footprint(
                Wgs84.Circle(station, ThermometerMetres),
                $"{ThermometerMetres / 1000:0.#} km around the weather station",
                [
                    $"One thermometer in the shade, taken to speak for {ThermometerMetres / 1000:0.#} km around at about its own height: higher up it is some 6 °C colder for each 1,000 m, and streets hold more heat than meadows.",
                    "Who is in danger depends more on age, work and housing than on the place; that is not known here.",
                ]);
        }

        var radius = RadiusMetres(level);
        return new Footprint(
            Wgs84.Circle(station, radius),
            $"{radius / 1000:0.#} km around the gauge",
            [
                $"No inundation model exists here: the footprint is a circle of {radius / 1000:0.#} km around the gauge, wider the higher the level.",
                .. kind == HazardKind.GlacialLakeOutburst ? ["No river course below this lake is known here: people further downstream are not counted."] : Array.Empty<string>(),
            ]);
    }

    private Reach? FindReach(Coordinate station) => reaches
        .Where(reach => Wgs84.DistanceMetres(reach.Line[0], station) <= SnapMetres)
        .MinBy(reach => Wgs84.DistanceMetres(reach.Line[0], station));
}
