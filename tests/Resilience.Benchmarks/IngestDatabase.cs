using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Storage;
using SQLitePCL;

namespace Resilience.Benchmarks;

/// <summary>One side's database of an <c>ingest</c> run: the stations are known and have sent values before.</summary>
internal sealed class IngestDatabase : IAsyncDisposable
{
    internal static readonly Feed Feed = new() { Id = "bench", Name = "Benchmark", Format = "usgs-ogc", Readings = new Uri("http://none.invalid/"), StationPrefix = "bench", Credit = "none", Licence = "none", Every = TimeSpan.FromMinutes(15) };

    private const string Columns = "datastream_id, phenomenon_time, revision, result, result_time, flags, qualifier, batch_id";
    private const string Copy = $"COPY observations_observation ({Columns}) FROM STDIN (FORMAT BINARY)";
    private const string Insert = $"INSERT INTO observations_observation ({Columns}) VALUES (?1, ?2, 0, ?3, NULL, 0, NULL, ?4)";

    private readonly ServiceProvider _services;
    private readonly StorageOptions _options;

    private IngestDatabase(ServiceProvider services, StorageOptions options, List<ParsedPayload> payloads) => (_services, _options, Payloads) = (services, options, payloads);

    /// <summary>The batches as parsed.</summary>
    internal List<ParsedPayload> Payloads { get; }

    /// <summary>The real intake.</summary>
    internal StoreObservations Intake => _services.GetRequiredService<StoreObservations>();

    internal static async Task<IngestDatabase> CreateAsync(Engine engine, IngestRows rows, CancellationToken cancellationToken)
    {
        var name = $"bench_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        var options = new StorageOptions { Engine = engine, DataDirectory = Path.Combine(Path.GetTempPath(), name) };
        if (engine == Engine.Postgres)
        {
            await AdministerAsync($"CREATE DATABASE {name}", cancellationToken);
            options.ConnectionString = new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 4 }.ConnectionString;
        }

        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddSingleton(TimeProvider.System).AddStorage(options).AddObservations(configuration).BuildServiceProvider();
        await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await services.GetRequiredService<RegisterFeed>().UpsertAsync(
            new FeedDefinition { Id = Feed.Id, Name = Feed.Name, Format = Feed.Format, Readings = Feed.Readings, StationPrefix = Feed.StationPrefix, Credit = "none", Licence = "none", Every = Feed.Every }, cancellationToken);
        var database = new IngestDatabase(services, options, rows.Parse());
        await database.Intake.StoreAsync(Feed, rows.ParseBefore(), cancellationToken); // the statements are planned
        await database.RequireDurableAsync(cancellationToken);
        return database;
    }

    /// <summary>The peer: what a plain program would write.</summary>
    internal Task InsertPlainlyAsync(IngestRows rows, CancellationToken cancellationToken) => InsertAsync(rows, (connection, batch) =>
    {
        if (connection is NpgsqlConnection postgres)
        {
            CopyPlainly(postgres, rows.Batches[batch]);
        }
        else
        {
            LoopPlainly(connection, rows.Batches[batch]);
        }
    }, cancellationToken);

    /// <summary>The barest way there is.</summary>
    internal Task InsertBarelyAsync(IngestRows rows, CancellationToken cancellationToken) => InsertAsync(rows, (connection, batch) =>
    {
        if (connection is NpgsqlConnection postgres)
        {
            using var copy = postgres.BeginRawBinaryCopy(Copy);
            copy.Write(rows.Copies[batch]);
        }
        else
        {
            LoopBarely((SqliteConnection)connection, rows.Batches[batch]);
        }
    }, cancellationToken);

    /// <summary>A hash of all rows of the run but for the names of their batches, and of how large those are.</summary>
    internal async Task<string> DigestAsync(CancellationToken cancellationToken)
    {
        await using var db = _services.GetRequiredService<Store>().Read<ObservationsDb>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sizes = new Dictionary<Guid, int>();
        await foreach (var row in db.Observations.OrderBy(row => row.PhenomenonTime).ThenBy(row => row.DatastreamId).Where(row => row.PhenomenonTime >= IngestRows.Begin).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.DatastreamId} {row.PhenomenonTime:O} {row.Revision} {row.Result:R} {row.ResultTime:O} {row.Flags} {row.Qualifier}\n")));
            sizes[row.BatchId] = sizes.GetValueOrDefault(row.BatchId) + 1;
        }

        return $"{Convert.ToHexString(hash.GetHashAndReset())} {string.Join(' ', sizes.Values.Order())}";
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (_options.Engine == Engine.Sqlite)
        {
            Directory.Delete(_options.DataDirectory, recursive: true);
        }
        else
        {
            await AdministerAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(_options.ConnectionString).Database} WITH (FORCE)", CancellationToken.None);
        }
    }

    private async Task InsertAsync(IngestRows rows, Action<DbConnection, int> insert, CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < rows.Batches.Count; batch++)
        {
            await using var db = _services.GetRequiredService<Store>().Read<ObservationsDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            insert(db.Database.GetDbConnection(), batch);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static void CopyPlainly(NpgsqlConnection connection, IngestRows.Batch batch)
    {
        using var import = connection.BeginBinaryImport(Copy);
        foreach (var (id, time, result) in batch.Rows)
        {
            import.StartRow();
            import.Write(id, NpgsqlDbType.Text);
            import.Write(time, NpgsqlDbType.TimestampTz);
            import.Write(0, NpgsqlDbType.Integer);
            import.Write(result, NpgsqlDbType.Double);
            import.WriteNull();
            import.Write(0, NpgsqlDbType.Integer);
            import.WriteNull();
            import.Write(batch.Id, NpgsqlDbType.Uuid);
        }

        import.Complete();
    }

    private static void LoopPlainly(DbConnection connection, IngestRows.Batch batch)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Insert;
        var parameters = new[] { "?1", "?2", "?3", "?4" }.Select(name => new SqliteParameter { ParameterName = name }).ToArray();
        command.Parameters.AddRange(parameters);
        parameters[3].Value = batch.Id.ToString().ToUpperInvariant();
        command.Prepare();
        foreach (var (id, time, result) in batch.Rows)
        {
            (parameters[0].Value, parameters[1].Value, parameters[2].Value) = (id, Micros(time), result);
            command.ExecuteNonQuery();
        }
    }

    private static void LoopBarely(SqliteConnection connection, IngestRows.Batch batch)
    {
        Check(raw.sqlite3_prepare_v2(connection.Handle!, Insert, out var statement));
        using var prepared = statement;
        Check(raw.sqlite3_bind_text(statement, 4, batch.Id.ToString().ToUpperInvariant()));
        foreach (var (id, time, result) in batch.Rows)
        {
            Check(raw.sqlite3_bind_text(statement, 1, id));
            Check(raw.sqlite3_bind_int64(statement, 2, Micros(time)));
            Check(raw.sqlite3_bind_double(statement, 3, result));
            if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
            {
                throw new InvalidOperationException("A row was refused.");
            }

            Check(raw.sqlite3_reset(statement));
        }

        void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Whoever does not wait for the disk measures something else. What was written before the clock starts is put in its place.</summary>
    private async Task RequireDurableAsync(CancellationToken cancellationToken)
    {
        await using var db = _services.GetRequiredService<Store>().Read<ObservationsDb>();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (string Ask, string Wanted)[] settings = _options.Engine == Engine.Postgres
            ? [("SHOW fsync", "on"), ("SHOW synchronous_commit", "on"), ("SHOW full_page_writes", "on")]
            : [("PRAGMA synchronous", "2"), ("PRAGMA journal_mode", "wal")];
        foreach (var (ask, wanted) in settings)
        {
#pragma warning disable CA2100 // Constant texts.
            command.CommandText = ask;
#pragma warning restore CA2100
            if (Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) is var found && found != wanted)
            {
                throw new InvalidOperationException($"{ask}: {found} instead of {wanted}; start the server with eval \"$(tests/postgres start durable)\".");
            }
        }

        command.CommandText = _options.Engine == Engine.Postgres ? "CHECKPOINT" : "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Server => Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES") ?? throw new InvalidOperationException("RESILIENCE_TEST_POSTGRES is not set: eval \"$(tests/postgres start durable)\" first.");

    private static async Task AdministerAsync(string sql, CancellationToken cancellationToken)
    {
        await using var admin = new NpgsqlConnection(Server);
        await admin.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
