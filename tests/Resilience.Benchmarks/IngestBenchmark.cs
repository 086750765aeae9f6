using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Storage;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>ingest</c>: the real intake (merge, quality flags, latest values, map versions, hand-over) beside the bare minimum that gets the same
/// rows into the same table: binary COPY on PostgreSQL, a prepared statement in a loop on SQLite; one durable transaction for each batch
/// on both sides. The rows must be equal before the times are compared.
/// </summary>
internal static class IngestBenchmark
{
    private static readonly Option<int> Streams = new("--datastreams") { Description = "Datastreams, each in every batch.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Values = new("--values") { Description = "Values of each datastream in a batch.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Batches = new("--batches") { Description = "Batches in a run.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Runs of each side; the best counts.", DefaultValueFactory = _ => 3 };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("ingest", "Observations stored a second, beside COPY (RESILIENCE_TEST_POSTGRES) and a prepared statement (SQLite).") { Streams, Values, Batches, Rounds };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Console.WriteLine("engine      rows      intake rows/s     peer rows/s   ratio");
            foreach (var engine in new[] { Engine.Sqlite, Engine.Postgres })
            {
                await RunAsync(engine, arguments.GetValue(Streams), arguments.GetValue(Values), arguments.GetValue(Batches), arguments.GetValue(Rounds), cancellationToken);
            }

            return 0;
        });
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(Engine engine, int streams, int values, int batches, int rounds, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            await using var bench = await Bench.CreateAsync(engine, streams, cancellationToken);
            var begun = Stopwatch.GetTimestamp();
            for (var batch = 0; batch < batches; batch++)
            {
                await bench.StoreAsync(batch, values, cancellationToken);
            }

            ours = Min(ours, Stopwatch.GetElapsedTime(begun));
            var stored = await bench.SumAsync(cancellationToken);
            await bench.ClearAsync(cancellationToken);
            begun = Stopwatch.GetTimestamp();
            for (var batch = 0; batch < batches; batch++)
            {
                await bench.InsertBareAsync(batch, values, cancellationToken);
            }

            theirs = Min(theirs, Stopwatch.GetElapsedTime(begun));
            if (stored != await bench.SumAsync(cancellationToken))
            {
                throw new InvalidOperationException("The two sides did not store the same rows.");
            }
        }

        var rows = streams * values * batches;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine,-8} {rows,8:N0}  {rows / ours.TotalSeconds,14:N0}  {rows / theirs.TotalSeconds,14:N0}  {theirs / ours,6:0.00}"));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>One database with its stations.</summary>
    private sealed class Bench(ServiceProvider services, StorageOptions options, int streams) : IAsyncDisposable
    {
        private static readonly DateTimeOffset Begin = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
        private static readonly Feed Feed = new() { Id = "bench", Name = "Benchmark", Format = "usgs-ogc", Readings = new Uri("http://none.invalid/"), StationPrefix = "bench", Credit = "none", Licence = "none", Every = TimeSpan.FromMinutes(15) };

        private Store Store => services.GetRequiredService<Store>();

        internal static async Task<Bench> CreateAsync(Engine engine, int streams, CancellationToken cancellationToken)
        {
            var name = $"bench_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
            var options = new StorageOptions { Engine = engine, DataDirectory = Path.Combine(Path.GetTempPath(), name) };
            if (engine == Engine.Postgres)
            {
                var server = Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES") ?? throw new InvalidOperationException("RESILIENCE_TEST_POSTGRES is not set: eval \"$(tests/postgres start)\" first.");
                await AdministerAsync(server, $"CREATE DATABASE {name}", cancellationToken);
                options.ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 4 }.ConnectionString;
            }

            var configuration = new ConfigurationBuilder().Build();
            var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddSingleton(TimeProvider.System).AddStorage(options).AddObservations(configuration).BuildServiceProvider();
            await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            await services.GetRequiredService<RegisterFeed>().UpsertAsync(
                new FeedDefinition { Id = Feed.Id, Name = Feed.Name, Format = Feed.Format, Readings = Feed.Readings, StationPrefix = Feed.StationPrefix, Credit = "none", Licence = "none", Every = Feed.Every }, cancellationToken);
            var bench = new Bench(services, options, streams);
            await bench.StoreAsync(-1, 40, cancellationToken); // the stations are known, and the statements are planned
            return bench;
        }

        internal Task<StoredBatch> StoreAsync(int batch, int values, CancellationToken cancellationToken)
        {
            var parsed = new ParsedPayload();
            for (var stream = 0; stream < streams; stream++)
            {
                var (station, id) = ($"bench:{stream}", $"bench:{stream}:00065");
                parsed.Stations[station] = new ParsedStation(station, $"Station {stream}", Wgs84.Point(stream % 100 * 0.1, stream / 100 * 0.1));
                parsed.Datastreams[id] = new ParsedDatastream(id, station, ObservedProperty.Stage, "m", "Stage", TimeSpan.FromMinutes(15));
                for (var value = 0; value < values; value++)
                {
                    var (time, result) = At(batch, value, values, stream);
                    parsed.Observations.Add(new ParsedObservation(id, time, result));
                }
            }

            return services.GetRequiredService<StoreObservations>().StoreAsync(Feed, parsed, cancellationToken);
        }

        internal async Task InsertBareAsync(int batch, int values, CancellationToken cancellationToken)
        {
            await using var db = Store.Read<ObservationsDb>();
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var batchId = StableId.From("bench.batch", batch.ToString(CultureInfo.InvariantCulture));
            await (db.Database.GetDbConnection() is NpgsqlConnection connection
                ? CopyAsync(connection, batch, values, batchId, cancellationToken)
                : LoopAsync(db.Database.GetDbConnection(), batch, values, batchId, cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        private async Task CopyAsync(NpgsqlConnection connection, int batch, int values, Guid batchId, CancellationToken cancellationToken)
        {
            await using var import = await connection.BeginBinaryImportAsync(
                "COPY observations_observation (datastream_id, phenomenon_time, revision, result, result_time, flags, qualifier, batch_id) FROM STDIN (FORMAT BINARY)", cancellationToken);
            for (var stream = 0; stream < streams; stream++)
            {
                var id = $"bench:{stream}:00065";
                for (var value = 0; value < values; value++)
                {
                    var (time, result) = At(batch, value, values, stream);
                    await import.StartRowAsync(cancellationToken);
                    await import.WriteAsync(id, NpgsqlDbType.Text, cancellationToken);
                    await import.WriteAsync(time, NpgsqlDbType.TimestampTz, cancellationToken);
                    await import.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
                    await import.WriteAsync(result, NpgsqlDbType.Double, cancellationToken);
                    await import.WriteNullAsync(cancellationToken);
                    await import.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
                    await import.WriteNullAsync(cancellationToken);
                    await import.WriteAsync(batchId, NpgsqlDbType.Uuid, cancellationToken);
                }
            }

            await import.CompleteAsync(cancellationToken);
        }

        private async Task LoopAsync(DbConnection connection, int batch, int values, Guid batchId, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO observations_observation (datastream_id, phenomenon_time, revision, result, result_time, flags, qualifier, batch_id) VALUES ($1, $2, 0, $3, NULL, 0, NULL, $4)";
            var parameters = new[] { "$1", "$2", "$3", "$4" }.Select(name => new SqliteParameter { ParameterName = name }).ToArray();
            command.Parameters.AddRange(parameters);
            parameters[3].Value = batchId.ToString().ToUpperInvariant();
            await command.PrepareAsync(cancellationToken);
            for (var stream = 0; stream < streams; stream++)
            {
                parameters[0].Value = $"bench:{stream}:00065";
                for (var value = 0; value < values; value++)
                {
                    var (time, result) = At(batch, value, values, stream);
                    (parameters[1].Value, parameters[2].Value) = ((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, result);
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }
            }
        }

        internal async Task<(int Count, double Sum)> SumAsync(CancellationToken cancellationToken)
        {
            await using var db = Store.Read<ObservationsDb>();
            return (await db.Observations.CountAsync(row => row.PhenomenonTime >= Begin, cancellationToken), Math.Round(await db.Observations.Where(row => row.PhenomenonTime >= Begin).SumAsync(row => row.Result, cancellationToken), 3));
        }

        internal async Task ClearAsync(CancellationToken cancellationToken)
        {
            await using var db = Store.Read<ObservationsDb>();
            await db.Observations.Where(row => row.PhenomenonTime >= Begin).ExecuteDeleteAsync(cancellationToken);
        }

        // A slow wave, so that nothing is stuck and nothing is a spike.
        private static (DateTimeOffset Time, double Result) At(int batch, int value, int values, int stream)
        {
            var step = (batch * values) + value;
            return (Begin.AddMinutes(15 * step), Math.Round(2 + Math.Sin((step + stream) / 50.0), 3));
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            SqliteConnection.ClearAllPools();
            NpgsqlConnection.ClearAllPools();
            if (options.Engine == Engine.Sqlite)
            {
                Directory.Delete(options.DataDirectory, recursive: true);
            }
            else
            {
                await AdministerAsync(Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES")!, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(options.ConnectionString).Database} WITH (FORCE)", CancellationToken.None);
            }
        }

        private static async Task AdministerAsync(string server, string sql, CancellationToken cancellationToken)
        {
            await using var admin = new NpgsqlConnection(server);
            await admin.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, admin);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
