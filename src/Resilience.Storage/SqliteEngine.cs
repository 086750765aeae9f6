using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Resilience.Storage;

/// <summary>The embedded engine: one file, write-ahead log, every commit on disk before it is acknowledged.</summary>
internal static class SqliteEngine
{
    internal static void Configure(DbContextOptionsBuilder builder, StorageOptions options)
    {
        CreateFile(options);
        var connection = new SqliteConnectionStringBuilder { DataSource = options.SqliteFile, ForeignKeys = true, DefaultTimeout = 30, Pooling = true };
        builder.UseSqlite(connection.ConnectionString).AddInterceptors(Pragmas.Instance);
    }

    /// <summary>
    /// Makes the database file when it is not there, for the server's own user only: it holds where citizens called for help from
    /// and the hashes of passwords. SQLite gives its log and its index the same mode.
    /// </summary>
    internal static void CreateFile(StorageOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.SqliteFile)!);
        if (File.Exists(options.SqliteFile))
        {
            return;
        }

        var create = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(options.SqliteFile, create);
    }

    /// <summary>
    /// WAL lets readers go on while one writes. synchronous=FULL: a village loses power; an acknowledged alert must survive it.
    /// </summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        internal static readonly Pragmas Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Apply(connection);
            return Task.CompletedTask;
        }

        private static void Apply(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY;";
            command.ExecuteNonQuery();
        }
    }
}
