using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetTopologySuite.Geometries;
using Npgsql;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Risk.Serving.Tiles;
using Resilience.Risk.Serving.Zones;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>tiles</c>: the same zones cut into the same tiles by us and by PostGIS <c>ST_AsMVT</c> (indexed, one prepared statement, projected
/// beforehand), one at a time. The decoded tiles must show the same zones with the same properties before the times are compared.
/// </summary>
internal static class TileBenchmark
{
    private const string Query =
        """
        WITH cut AS (
            SELECT fid, id, kind, severity, title, people, exercise, version,
                   ST_AsMVTGeom(geometry, ST_TileEnvelope(@z, @x, @y), 4096, 64, true) AS geometry
            FROM bench_zone WHERE geometry && ST_TileEnvelope(@z, @x, @y, margin => 64.0 / 4096))
        SELECT ST_AsMVT(cut, 'zones', 4096, 'geometry', 'fid') FROM cut WHERE geometry IS NOT NULL
        """;

    private static readonly Option<int> Zones = new("--zones") { Description = "Zones.", DefaultValueFactory = _ => 2_000 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds over all tiles; the best of each side counts.", DefaultValueFactory = _ => 5 };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("tiles", "Uncached vector tiles, beside PostGIS ST_AsMVT (RESILIENCE_TEST_POSTGRES).") { Zones, Rounds };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(Zones), arguments.GetValue(Rounds), cancellationToken));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(int count, int rounds, CancellationToken cancellationToken)
    {
        var zones = Enumerable.Range(0, count).Select(Zone).ToList();
        var tiles = Tiles();
        await using var postgis = await PostGis.CreateAsync(zones, cancellationToken);
        var snapshot = new ZoneSnapshot(1, zones);
        var shown = 0;
        foreach (var tile in tiles)
        {
            shown += CompareTiles.Same(snapshot.Tile(tile), await postgis.TileAsync(tile, cancellationToken), tile);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} zones, {tiles.Count:N0} tiles that show {shown:N0} features; both sides decode to the same."));
        Console.WriteLine("zoom   tiles     our tiles/s   PostGIS tiles/s   ratio");
        foreach (var level in tiles.GroupBy(tile => tile.Z).Append(tiles.GroupBy(_ => -1).Single()))
        {
            var (ours, theirs) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
            for (var round = 0; round < rounds; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                foreach (var tile in level)
                {
                    snapshot.Tile(tile);
                }

                ours = Min(ours, Stopwatch.GetElapsedTime(begun));
                begun = Stopwatch.GetTimestamp();
                foreach (var tile in level)
                {
                    await postgis.TileAsync(tile, cancellationToken);
                }

                theirs = Min(theirs, Stopwatch.GetElapsedTime(begun));
            }

            var name = level.Key < 0 ? "all" : level.Key.ToString(CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,4}  {level.Count(),6:N0}  {level.Count() / ours.TotalSeconds,14:N0}  {level.Count() / theirs.TotalSeconds,16:N0}  {theirs / ours,6:0.00}"));
        }

        return 0;
    }

    /// <summary>The tiles of zooms 4 to 12 around some of the zones, each once.</summary>
    private static List<TileAddress> Tiles() =>
    [
        .. Enumerable.Range(4, 9).SelectMany(z => Enumerable.Range(0, 40).Select(number =>
        {
            var center = Center(number * 37);
            var (x, y) = WebMercator.Project(center.X, center.Y);
            return new TileAddress(z, (int)(x * (1 << z)), (int)(y * (1 << z)));
        })).Distinct(),
    ];

    /// <summary>Scattered over a country of 10 by 8 degrees, without chance so that every run is the same.</summary>
    private static Coordinate Center(int number) => new(80 + (number * 0.618034 % 1 * 10), 22 + (number * 0.754878 % 1 * 8));

    private static RiskZone Zone(int number)
    {
        // A shore of 240 corners: a circle whose radius wavers, as a flooded valley's edge does.
        var center = Center(number);
        var points = Enumerable.Range(0, 240).Select(i =>
        {
            var angle = i * Math.PI / 120;
            var radius = (0.03 + (number % 7 * 0.01)) * (1 + (0.2 * Math.Sin(angle * 5)) + (0.05 * Math.Sin((angle * 37) + number)));
            return new Coordinate(center.X + (radius * Math.Cos(angle)), center.Y + (radius * Math.Sin(angle)));
        }).ToList();
        return new RiskZone
        {
            Id = StableId.From("bench.zone", number.ToString(CultureInfo.InvariantCulture)),
            Version = 1,
            Kind = HazardKind.RiverFlood,
            Severity = (CapSeverity)(number % 4),
            Likelihood = Likelihood.High,
            Impact = ImpactClass.Severe,
            Geometry = Wgs84.Factory.CreatePolygon([.. points, points[0]]),
            Title = $"Flood at gauge {number}",
            Reason = "",
            People = number * 10L,
            Sites = 0,
            Exposed = "{}",
            Assumptions = "[]",
            AssessmentId = Guid.Empty,
            StationId = "s",
            Exercise = true,
            Since = default,
            ChangedAt = default,
            Removed = false,
            LayerVersion = 1,
        };
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>The zones in a table of their own, projected and indexed.</summary>
    private sealed class PostGis(NpgsqlConnection connection, NpgsqlCommand tile) : IAsyncDisposable
    {
        public static async Task<PostGis> CreateAsync(IReadOnlyList<RiskZone> zones, CancellationToken cancellationToken)
        {
            var server = Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES")
                ?? throw new InvalidOperationException("RESILIENCE_TEST_POSTGRES is not set: eval \"$(tests/postgres start)\" sets it.");
            var connection = new NpgsqlConnection(server);
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, "CREATE EXTENSION IF NOT EXISTS postgis; CREATE TEMP TABLE bench_zone (fid bigint, id text, kind text, severity text, title text, people bigint, exercise boolean, version integer, geometry geometry(Geometry, 3857))", cancellationToken);
            foreach (var zone in zones)
            {
                await using var insert = new NpgsqlCommand("INSERT INTO bench_zone VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ST_Transform(ST_GeomFromWKB($9, 4326), 3857))", connection);
                foreach (var value in new object[] { ZoneSnapshot.TileId(zone.Id), zone.Id.ToString(), zone.Kind.ToString(), zone.Severity.ToString(), zone.Title, zone.People, zone.Exercise, zone.Version, zone.Geometry.AsBinary() })
                {
                    insert.Parameters.Add(new NpgsqlParameter { Value = value });
                }

                await insert.ExecuteNonQueryAsync(cancellationToken);
            }

            await ExecuteAsync(connection, "CREATE INDEX ON bench_zone USING gist (geometry); ANALYZE bench_zone", cancellationToken);
            var tile = new NpgsqlCommand(Query, connection);
            tile.Parameters.Add(new NpgsqlParameter<int>("z", 0));
            tile.Parameters.Add(new NpgsqlParameter<int>("x", 0));
            tile.Parameters.Add(new NpgsqlParameter<int>("y", 0));
            await tile.PrepareAsync(cancellationToken);
            return new PostGis(connection, tile);
        }

        public async Task<byte[]> TileAsync(TileAddress address, CancellationToken cancellationToken)
        {
            (tile.Parameters[0].Value, tile.Parameters[1].Value, tile.Parameters[2].Value) = (address.Z, address.X, address.Y);
            return await tile.ExecuteScalarAsync(cancellationToken) as byte[] ?? [];
        }

        public async ValueTask DisposeAsync()
        {
            await tile.DisposeAsync();
            await connection.DisposeAsync();
        }

        private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
