using CsCheck;
using NetTopologySuite.Geometries;
using Npgsql;
using Resilience.Core.Geography;
using Resilience.Dissemination.Geotargeting;

namespace Resilience.Tests.Dissemination;

/// <summary>The people an area concerns are the same people PostGIS and NetTopologySuite find.</summary>
public sealed class CellIndexTest
{
    // Star-shaped polygons around a centre: any number of spikes, never self-crossing.
    private static readonly Gen<Polygon> Polygons = Gen.Select(Gen.Double[-170, 170], Gen.Double[-75, 75], Gen.Double[0.005, 4].Array[3, 40]).Select((lon, lat, radii) =>
    {
        var ring = radii.Select((radius, i) => new Coordinate(
            lon + (radius * Math.Cos(2 * Math.PI * i / radii.Length)), lat + (radius * Math.Sin(2 * Math.PI * i / radii.Length)))).ToList();
        ring.Add(ring[0].Copy());
        return Wgs84.Factory.CreatePolygon([.. ring]);
    });

    [Fact]
    public void The_index_finds_whom_an_exhaustive_search_finds() => Gen.Select(Polygons, Gen.Int[0, 1_000_000]).Sample(
        (area, seed) =>
        {
            var people = Scatter(area, seed, 400);
            var index = new CellIndex<int>(people.Select((cell, i) => (cell, i)));

            var expected = people.Select((cell, i) => (cell, i)).Where(p => area.Intersects(p.cell.Rectangle)).Select(p => p.i);
            Assert.Equal(expected, index.ListConcerned(area).Order());
        },
        iter: 300);

    [Fact]
    public async Task PostGIS_finds_the_same_people()
    {
        await using var connection = new NpgsqlConnection(Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES"));
        await connection.OpenAsync();
        await using (var prepare = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS postgis; CREATE TEMP TABLE person (id int, cell geometry(Polygon,4326))", connection))
        {
            await prepare.ExecuteNonQueryAsync();
        }

        var random = new Random(20190620);
        for (var round = 0; round < 10; round++)
        {
            var area = RandomStar(random);
            var people = Scatter(area, round, 10_000);
            await using (var clear = new NpgsqlCommand("TRUNCATE person", connection))
            {
                await clear.ExecuteNonQueryAsync();
            }

            await using (var copy = await connection.BeginTextImportAsync("COPY person FROM STDIN"))
            {
                for (var i = 0; i < people.Count; i++)
                {
                    await copy.WriteAsync($"{i}\tSRID=4326;{people[i].Rectangle.AsText()}\n");
                }
            }

            await using var ask = new NpgsqlCommand("SELECT id FROM person WHERE ST_Intersects(cell, ST_GeomFromText(@area, 4326)) ORDER BY id", connection);
            ask.Parameters.AddWithValue("area", area.AsText());
            var expected = new List<int>();
            await using (var reader = await ask.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    expected.Add(reader.GetInt32(0));
                }
            }

            Assert.Equal(expected, new CellIndex<int>(people.Select((cell, i) => (cell, i))).ListConcerned(area).Order());
        }
    }

    [Fact]
    public void An_edge_that_only_touches_a_cell_counts_as_inside()
    {
        var cell = Cell.Of(90.005, 27.005);
        var neighbour = Wgs84.Factory.ToGeometry(new Envelope(new Cell(cell.Column + 1, cell.Row).West, cell.West + 0.5, cell.South, cell.South + 0.5));

        Assert.Single(new CellIndex<int>([(cell, 1)]).ListConcerned(neighbour));
    }

    [Fact]
    public void A_circle_smaller_than_a_cell_still_reaches_its_people() =>
        Assert.Single(new CellIndex<int>([(Cell.Of(90.001, 27.001), 1)]).ListConcerned(Wgs84.Circle(new Coordinate(90.009, 27.009), 50)));

    [Theory]
    [InlineData(180, 90)]
    [InlineData(-180, -90)]
    [InlineData(179.9999, 0)]
    public void The_edges_of_the_world_have_cells(double longitude, double latitude)
    {
        var everywhere = Wgs84.Factory.ToGeometry(new Envelope(-180, 180, -90, 90));
        Assert.Single(new CellIndex<int>([(Cell.Of(longitude, latitude), 1)]).ListConcerned(everywhere));
    }

    [Theory]
    [InlineData(179.5, 181, -179.55)]
    [InlineData(-181, -179.5, 179.55)]
    [InlineData(179.5, 180, -179.995)]
    public void An_area_over_the_antimeridian_reaches_both_sides(double west, double east, double otherSide)
    {
        var area = Wgs84.Factory.ToGeometry(new Envelope(west, east, -1, 1));
        var index = new CellIndex<string>([(Cell.Of(otherSide, 0.5), "other"), (Cell.Of(-otherSide, 0.5), "this"), (Cell.Of(0, 0.5), "far")]);

        Assert.Equal(["other", "this"], index.ListConcerned(area).Order());
    }

    // Half of the people inside the area's box and a little around it, some right on its corners.
    private static List<Cell> Scatter(Polygon area, int seed, int count)
    {
        var random = new Random(seed);
        var box = area.EnvelopeInternal.Copy();
        box.ExpandBy(0.3);
        var corners = area.Coordinates;
        return [.. Enumerable.Range(0, count).Select(i => i % 10 == 0
            ? Cell.Of(corners[random.Next(corners.Length)].X, corners[random.Next(corners.Length)].Y)
            : Cell.Of(box.MinX + (random.NextDouble() * box.Width), box.MinY + (random.NextDouble() * box.Height)))];
    }

    private static Polygon RandomStar(Random random)
    {
        var (lon, lat, count) = ((random.NextDouble() * 300) - 150, (random.NextDouble() * 140) - 70, random.Next(3, 200));
        var ring = Enumerable.Range(0, count).Select(i => (radius: 0.1 + random.NextDouble(), angle: 2 * Math.PI * i / count))
            .Select(p => new Coordinate(lon + (p.radius * Math.Cos(p.angle)), lat + (p.radius * Math.Sin(p.angle)))).ToList();
        ring.Add(ring[0].Copy());
        return Wgs84.Factory.CreatePolygon([.. ring]);
    }
}
