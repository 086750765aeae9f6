using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;
using Resilience.Core.Geography;
using Resilience.Observations.Coverages.Tracing;

namespace Resilience.Tests.Observations.Coverages;

/// <summary>Pixels become polygons that any GIS accepts and that cover exactly those pixels.</summary>
public sealed class TraceRingsTest
{
    [Fact]
    public void A_pixel_is_a_square_that_runs_counter_clockwise_on_the_map()
    {
        var patch = Assert.Single(Trace("#"));
        Assert.Equal(1, patch.Pixels);
        Assert.Equal([(0, 0), (0, 1), (1, 1), (1, 0)], Assert.Single(patch.Rings));
        Assert.Equal(2, TraceRings.DoubleArea(patch.Rings[0]));
    }

    [Fact]
    public void Pixels_that_touch_at_a_corner_are_two_patches() => Assert.Equal(2, Trace("#.", ".#").Count);

    [Fact]
    public void A_hole_is_a_ring_of_its_own_and_what_lies_in_it_another_patch()
    {
        var patches = Trace("#####", "#...#", "#.#.#", "#...#", "#####");
        Assert.Equal([16, 1], patches.Select(patch => patch.Pixels));
        Assert.Equal([2, 1], patches.Select(patch => patch.Rings.Count));
    }

    [Fact]
    public void Two_holes_that_touch_at_a_corner_stay_two()
    {
        var patch = Assert.Single(Trace("####", "#.##", "##.#", "####"));
        Assert.Equal(3, patch.Rings.Count);
        Assert.True(Polygon(patch).IsValid);
    }

    [Fact]
    public void A_patch_that_bites_its_own_corner_keeps_a_hole_there()
    {
        var patch = Assert.Single(Trace("###", "#.#", "##."));
        Assert.Equal(2, patch.Rings.Count);
        Assert.True(Polygon(patch).IsValid);
    }

    [Fact]
    public void Nothing_gives_nothing() => Assert.Empty(Trace("...", "..."));

    [Fact]
    public void Random_masks_become_valid_polygons_that_cover_exactly_their_pixels()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (width, height) = (random.Next(1, 24), random.Next(1, 24));
            var density = random.NextDouble();
            var mask = Enumerable.Range(0, width * height).Select(_ => random.NextDouble() < density).ToArray();
            var patches = TraceRings.Of(mask, width, height);
            Assert.Equal(patches.Sum(one => one.Rings.Sum(ring => ring.Length)), TraceRings.Corners(mask, width, height)); // counted without walking
            var polygons = patches.ConvertAll(Polygon);
            Assert.All(polygons, polygon => Assert.True(polygon.IsValid, $"Seed {seed}: {polygon.AsText()}"));
            Assert.Equal(mask.Count(one => one), patches.Sum(patch => patch.Pixels));
            Assert.All(patches.Zip(polygons), pair => Assert.Equal(pair.First.Pixels, pair.Second.Area));
            var squares = Enumerable.Range(0, mask.Length).Where(pixel => mask[pixel])
                .Select(pixel => Wgs84.Factory.ToGeometry(new Envelope(pixel % width, (pixel % width) + 1, -(pixel / width) - 1, -(pixel / width))));
            var (expected, drawn) = (UnaryUnionOp.Union(squares), Wgs84.Factory.CreateMultiPolygon([.. polygons]));
            Assert.True(drawn.IsValid, $"Seed {seed}");
            Assert.True(mask.All(one => !one) || expected.EqualsTopologically(drawn), $"Seed {seed}");
        }
    }

    [Fact]
    public void Patches_are_those_one_can_walk_through_without_leaving_and_stand_in_the_order_of_their_first_pixels()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var (width, height) = (random.Next(1, 40), random.Next(1, 40));
            var density = random.NextDouble();
            var mask = Enumerable.Range(0, width * height).Select(_ => random.NextDouble() < density).ToArray();
            var expected = Enumerable.Repeat(-1, mask.Length).ToArray();
            var patches = new List<(int Size, int Top, int Bottom)>();
            for (var pixel = 0; pixel < mask.Length; pixel++)
            {
                if (mask[pixel] && expected[pixel] < 0)
                {
                    var rows = WalkThrough(mask, expected, width, pixel, patches.Count).ConvertAll(one => one / width);
                    patches.Add((rows.Count, rows.Min(), rows.Max() + 1));
                }
            }

            var labelled = TraceRings.Label(mask, width, height);
            Assert.Equal(expected, labelled.Labels);
            Assert.Equal(patches, labelled.Sizes.Select((size, label) => (size, labelled.Tops[label], labelled.Bottoms[label])));
        }
    }

    private static List<int> WalkThrough(bool[] mask, int[] labels, int width, int from, int label)
    {
        var (all, waiting) = (new List<int>(), new Queue<int>([from]));
        labels[from] = label;
        while (waiting.TryDequeue(out var pixel))
        {
            all.Add(pixel);
            int[] sides = [pixel % width > 0 ? pixel - 1 : -1, pixel % width < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width];
            foreach (var next in sides.Where(next => next >= 0 && next < mask.Length && mask[next] && labels[next] < 0))
            {
                labels[next] = label;
                waiting.Enqueue(next);
            }
        }

        return all;
    }

    private static List<Patch> Trace(params string[] rows) => TraceRings.Of([.. string.Concat(rows).Select(sign => sign == '#')], rows[0].Length, rows.Length);

    private static Polygon Polygon(Patch patch)
    {
        static LinearRing Ring((int Column, int Row)[] ring) => Wgs84.Factory.CreateLinearRing([.. ring.Append(ring[0]).Select(corner => new Coordinate(corner.Column, -corner.Row))]);
        var outer = Ring(patch.Rings[0]);
        Assert.True(outer.IsCCW);
        return Wgs84.Factory.CreatePolygon(outer, [.. patch.Rings.Skip(1).Select(Ring)]);
    }
}
