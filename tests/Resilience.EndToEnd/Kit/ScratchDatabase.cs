using System.Security.Cryptography;
using Npgsql;

namespace Resilience.EndToEnd.Kit;

/// <summary>An empty database of one engine for one server, handed to it through its environment.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly string? _name;

    private ScratchDatabase(string? name, IReadOnlyList<(string, string)> environment)
    {
        _name = name;
        Environment = environment;
    }

    /// <summary>The settings that point a server at it; empty for SQLite, which lies in the server's data directory.</summary>
    public IReadOnlyList<(string Key, string Value)> Environment { get; }

    private static string Server => System.Environment.GetEnvironmentVariable("RESILIENCE_TEST_POSTGRES")
        ?? throw new InvalidOperationException("RESILIENCE_TEST_POSTGRES is not set: run the tests through tests/run, which starts a PostgreSQL.");

    /// <summary>Makes it.</summary>
    public static async Task<ScratchDatabase> CreateAsync(string engine)
    {
        if (engine == "Sqlite")
        {
            return new ScratchDatabase(null, []);
        }

        var name = $"e2e_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;
        return new ScratchDatabase(name, [("Storage__Engine", "Postgres"), ("Storage__ConnectionString", connection)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_name is not null)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
