using CsCheck;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Observations.Coverages;
using Resilience.Risk.Exposing;

namespace Resilience.Tests.Risk.Exposing;

/// <summary>People of a grid inside any area, held against NetTopologySuite asked cell by cell.</summary>
public sealed class PopulationGridTest
{
    private const int Size = 24;

    private static readonly Gen<Geometry> Areas = Gen.Select(Gen.Int[3, 40], Gen.Int[0, int.MaxValue - 1], Gen.Double[0.02, 1.6], Gen.Bool, (corners, seed, size, holed) =>
    {
        var random = new Random(seed);
        var (x, y) = ((random.NextDouble() * 1.4) - 0.2, (random.NextDouble() * 1.4) - 0.2);
        LinearRing Ring(double scale)
        {
            Coordinate[] ring = [.. Enumerable.Range(0, corners).Select(k =>
            {
                var radius = size * scale * (0.3 + (0.7 * random.NextDouble()));
                return new Coordinate(x + (radius * Math.Cos(2 * Math.PI * k / corners)), y + (radius * Math.Sin(2 * Math.PI * k / corners)));
            })];
            return Wgs84.Factory.CreateLinearRing([.. ring, ring[0].Copy()]);
        }

        return (Geometry)Wgs84.Factory.CreatePolygon(Ring(1), holed ? [Ring(0.2)] : []);
    });

    [Fact]
    public void The_people_are_those_of_the_cells_whose_middle_lies_inside() => Gen.Select(Areas, Gen.Float[0, 50].Array[Size * Size]).Sample(
        (area, values) =>
        {
            var grid = new ValueGrid(Size, Size, 0, 1, 1.0 / Size, 1.0 / Size, values);
            var expected = Enumerable.Range(0, Size * Size)
                .Where(i => area.IsValid && area.Contains(Wgs84.Point(((i % Size) + 0.5) / Size, 1 - (((i / Size) + 0.5) / Size)))).Sum(i => (double)values[i]);
            return !area.IsValid || Math.Abs(new PopulationGrid(grid, "made").Within([(Polygon)area]).People - expected) < 0.01;
        },
        iter: 400);

    [Fact]
    public void A_cell_in_several_polygons_counts_once_and_one_without_a_value_is_known_to_be_unknown() => Gen.Select(Areas.Array[1, 4], Gen.Float[-20, 50].Array[Size * Size]).Sample(
        (areas, values) =>
        {
            var inside = Enumerable.Range(0, Size * Size).Where(i => areas.Any(area => area.IsValid && area.Contains(Wgs84.Point(((i % Size) + 0.5) / Size, 1 - (((i / Size) + 0.5) / Size))))).ToList();
            var count = new PopulationGrid(new ValueGrid(Size, Size, 0, 1, 1.0 / Size, 1.0 / Size, values), "made").Within([.. areas.Cast<Polygon>()]);
            return !areas.All(area => area.IsValid)
                || (count.Cells == inside.Count && count.Unknown == inside.Count(i => values[i] < 0) && Math.Abs(count.People - inside.Sum(i => Math.Max(0.0, values[i]))) < 0.01);
        },
        iter: 400);
}
