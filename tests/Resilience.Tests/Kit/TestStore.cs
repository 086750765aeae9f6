using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Tests.Kit;

/// <summary>
/// A fresh, migrated database of one engine with the services a test asks for, on one fake clock. The same test runs on both
/// engines: <c>[Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]</c>.
/// </summary>
public sealed class TestStore : IAsyncDisposable
{
    /// <summary>The moment every test begins at: 20 June 2019, 12:00 UTC (18:00 in Bhutan), the evening of the Thorthormi outburst.</summary>
    public static readonly DateTimeOffset Begin = new(2019, 6, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakeTemplateAsync);

    private readonly ServiceProvider _services;
    private readonly StorageOptions _options;

    private TestStore(ServiceProvider services, StorageOptions options, FakeTimeProvider clock)
    {
        _services = services;
        _options = options;
        Clock = clock;
    }

    /// <summary>Both engines, as theory data.</summary>
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    /// <summary>The chain's clock; it moves only when told.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>The services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The database.</summary>
    public Store Store => _services.GetRequiredService<Store>();

    /// <summary>Makes a database of the engine and migrates it.</summary>
    /// <param name="engine">Which engine; PostgreSQL is found by <c>RESILIENCE_TEST_POSTGRES</c>, which <c>tests/run</c> sets.</param>
    /// <param name="configure">Adds the modules under test.</param>
    /// <param name="wire">Wires the links under test.</param>
    /// <param name="settings">Configuration, for example <c>("Observations:Poll", "00:00:01")</c>.</param>
    public static async Task<TestStore> CreateAsync(
        Engine engine, Action<IServiceCollection, IConfiguration>? configure = null, Action<ChainRoutes>? wire = null, params (string Key, string Value)[] settings)
    {
        var name = $"test_{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";
        var options = new StorageOptions { Engine = engine, DataDirectory = Path.Combine(Path.GetTempPath(), "resilience-tests", name) };
        if (engine == Engine.Postgres)
        {
            var server = Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES")
                ?? throw new InvalidOperationException("RESILIENCE_TEST_POSTGRES is not set: run the tests through tests/run, which starts a PostgreSQL.");
            await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {await PostgresTemplate.Value}");
            options.ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        }

        var clock = new FakeTimeProvider(Begin);
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<TimeProvider>(clock);
        services.AddStorage(options);
        services.AddSingleton<DrainLinks>();
        configure?.Invoke(services, configuration);
        var provider = services.BuildServiceProvider();
        wire?.Invoke(provider.GetRequiredService<ChainRoutes>());
        await provider.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        return new TestStore(provider, options, clock);
    }

    /// <summary>A service.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Lets every link handle all that waits.</summary>
    public Task<int> SweepAsync() => Get<DrainLinks>().SweepAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_options.Engine == Engine.Sqlite)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_options.DataDirectory, recursive: true);
            return;
        }

        var builder = new NpgsqlConnectionStringBuilder(_options.ConnectionString);
        await using (var pooled = new NpgsqlConnection(_options.ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await ExecuteAsync(Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES")!, $"DROP DATABASE IF EXISTS {builder.Database} WITH (FORCE)");
    }

    /// <summary>Migrates one database per run; each test's own is a copy of it, which is several times faster than migrating.</summary>
    private static async Task<string> MakeTemplateAsync()
    {
        var server = Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES")!;
        var name = $"template_{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString;
        await new Migrator(new StorageOptions { Engine = Engine.Postgres, ConnectionString = connection }, new FakeTimeProvider(Begin)).MigrateAsync(CancellationToken.None);
        return name;
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var admin = new NpgsqlConnection(server);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync();
    }
}
