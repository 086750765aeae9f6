using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Resilience.Storage;

/// <summary>
/// Brings the database to the schema this program was built for by numbered plain-SQL files, in order, each in its own
/// transaction. Refuses a database that is newer than the program, or whose applied files were changed since.
/// </summary>
public sealed class Migrator(StorageOptions options, TimeProvider clock)
{
    /// <summary>Applies what is missing; returns the numbers applied. Safe when several processes start at once.</summary>
    public async Task<IReadOnlyList<int>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(options, cancellationToken);
        var locked = options.Engine == Engine.Postgres;
        if (locked)
        {
            await ExecuteAsync(connection, null, "SELECT pg_advisory_lock(hashtext('resilience.migrate'))", cancellationToken);
        }

        try
        {
            await ExecuteAsync(connection, null, "CREATE TABLE IF NOT EXISTS storage_migration (number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at text NOT NULL)", cancellationToken);
            var applied = await ListAppliedAsync(connection, cancellationToken);
            var files = ListFiles(options.Engine);
            var newest = files.Count == 0 ? 0 : files[^1].Number;
            if (applied.Keys.DefaultIfEmpty(0).Max() is var there && there > newest)
            {
                throw new InvalidOperationException($"The database has schema {there}, this program knows up to {newest}. Start the newer program, or restore a backup; nothing was changed.");
            }

            var done = new List<int>();
            foreach (var file in files)
            {
                if (applied.TryGetValue(file.Number, out var hash))
                {
                    if (hash != file.Sha256)
                    {
                        throw new InvalidOperationException($"Migration {file.Name} was changed after it had been applied. Applied files are history: add a new one instead.");
                    }

                    continue;
                }

                await ApplyAsync(connection, file, cancellationToken);
                done.Add(file.Number);
            }

            return done;
        }
        finally
        {
            if (locked)
            {
                await ExecuteAsync(connection, null, "SELECT pg_advisory_unlock(hashtext('resilience.migrate'))", CancellationToken.None);
            }
        }
    }

    private static List<MigrationFile> ListFiles(Engine engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Migrations.{engine}.";
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(resource =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var name = resource[prefix.Length..];
            return new MigrationFile(int.Parse(name[..4], CultureInfo.InvariantCulture), name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }).OrderBy(file => file.Number)];
    }

    private static async Task<Dictionary<int, string>> ListAppliedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, sha256 FROM storage_migration";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied[reader.GetInt32(0)] = reader.GetString(1);
        }

        return applied;
    }

    private async Task ApplyAsync(DbConnection connection, MigrationFile file, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, transaction, file.Sql, cancellationToken);
        await using var mark = connection.CreateCommand();
        mark.Transaction = transaction;
        mark.CommandText = "INSERT INTO storage_migration (number, name, sha256, applied_at) VALUES (@number, @name, @sha256, @at)";
        foreach (var (name, value) in new (string, object)[] { ("number", file.Number), ("name", file.Name), ("sha256", file.Sha256), ("at", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)) })
        {
            var parameter = mark.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            mark.Parameters.Add(parameter);
        }

        await mark.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A connection of its own, outside the modules' pools and contexts.</summary>
    internal static async Task<DbConnection> OpenAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        if (options.Engine == Engine.Sqlite)
        {
            SqliteEngine.CreateFile(options);
        }

        DbConnection connection = options.Engine == Engine.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.SqliteFile }.ConnectionString)
            : new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record MigrationFile(int Number, string Name, string Sql, string Sha256);
}
