using NetTopologySuite.Geometries;
using Npgsql;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk;

/// <summary>Who lives inside an area, held against PostGIS.</summary>
public sealed class ExposureTest
{
    [Fact]
    public void The_border_belongs_to_the_inside_and_sections_and_divisions_do_not_count()
    {
        GazetteerPlace At(string id, double x, string code, long people) => new(id, id, "BT", "", x, 0.5, people, code);
        var exposure = new Exposure([At("in", 0.5, "PPL", 10), At("border", 1, "PPL", 20), At("out", 1.01, "PPL", 40), At("section", 0.6, "PPLX", 80), At("division", 0.7, "ADM1", 160)], ExposureData.None);
        var square = Wgs84.Factory.CreatePolygon([new(0, 0), new(1, 0), new(1, 1), new(0, 1), new(0, 0)]);
        Assert.Equal(30, exposure.PeopleWithin(square).People);
        Assert.Equal(30, exposure.PeopleWithin(Wgs84.Factory.CreateGeometryCollection([square, square])).People);
        Assert.Equal(0, exposure.PeopleWithin(Wgs84.Point(0.5, 0.5)).People);
    }

    [Fact]
    public async Task PostGIS_finds_the_same_people_in_random_polygons()
    {
        await using var test = await TestStore.CreateAsync(Engine.Postgres);
        var (gazetteer, exposure) = (Geodata.Gazetteer, Geodata.Exposure);
        await using var source = NpgsqlDataSource.Create(test.Get<StorageOptions>().ConnectionString!);
        await using var connection = await source.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("CREATE TABLE place (people bigint, lon double precision, lat double precision)", connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using (var copy = await connection.BeginBinaryImportAsync("COPY place FROM STDIN (FORMAT binary)"))
        {
            foreach (var place in gazetteer.Places.Where(place => place.IsPopulated && !place.IsSection))
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(place.Population);
                await copy.WriteAsync(place.Longitude);
                await copy.WriteAsync(place.Latitude);
            }

            await copy.CompleteAsync();
        }

        await using (var index = new NpgsqlCommand("ALTER TABLE place ADD at geometry; UPDATE place SET at = ST_MakePoint(lon, lat); CREATE INDEX ON place USING gist (at); ANALYZE place", connection))
        {
            await index.ExecuteNonQueryAsync();
        }

        var found = 0L;
        foreach (var polygon in Polygons(gazetteer.Places))
        {
            await using var ask = new NpgsqlCommand("SELECT coalesce(sum(people), 0)::bigint, count(*) FROM place WHERE ST_Covers(ST_GeomFromWKB($1), at)", connection);
            ask.Parameters.Add(new NpgsqlParameter { Value = polygon.AsBinary() });
            await using var reader = await ask.ExecuteReaderAsync();
            await reader.ReadAsync();
            var ours = exposure.PeopleWithin(polygon);
            Assert.Equal((reader.GetInt64(0), reader.GetInt64(1)), (ours.People, ours.Places.Count));
            found += ours.Places.Count;
        }

        Assert.True(found > 10_000, $"The polygons held only {found} places: they test nothing.");
    }

    /// <summary>Stars around places, some with a hole, some with a place exactly on a corner.</summary>
    private static List<Polygon> Polygons(IReadOnlyList<GazetteerPlace> places)
    {
        var random = new Random(20190620);
        return [.. Enumerable.Range(0, 120).Select(i =>
        {
            var centre = places[random.Next(places.Count)];
            var size = Math.Pow(10, (random.NextDouble() * 2.2) - 1.5);
            var corners = random.Next(3, 200);
            Coordinate[] Ring(double scale) => [.. Enumerable.Range(0, corners).Select(k =>
            {
                var radius = size * scale * (0.3 + (0.7 * random.NextDouble()));
                return new Coordinate(centre.Longitude + (radius * Math.Cos(2 * Math.PI * k / corners)), centre.Latitude + (radius * Math.Sin(2 * Math.PI * k / corners)));
            })];
            var shell = Ring(1);
            if (i % 3 == 0)
            {
                shell[0] = new Coordinate(centre.Longitude, centre.Latitude);
            }

            LinearRing Close(Coordinate[] ring) => Wgs84.Factory.CreateLinearRing([.. ring, ring[0].Copy()]);
            return Wgs84.Factory.CreatePolygon(Close(shell), i % 4 == 1 ? [Close(Ring(0.25))] : []);
        }).Where(polygon => polygon.IsValid)];
    }
}
