using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Resilience.Storage;

/// <summary>PostgreSQL with PostGIS, for many processes on one database.</summary>
internal static class PostgresEngine
{
    internal static void Configure(DbContextOptionsBuilder builder, StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            throw new InvalidOperationException("Storage:Engine is Postgres but Storage:ConnectionString is empty.");
        }

        builder.UseNpgsql(Preparing(options.ConnectionString), npgsql => npgsql.UseNetTopologySuite());
    }

    /// <summary>
    /// The same few dozen statements run again and again, so the driver has the server parse and plan each only once a connection. Who has a pool
    /// between that cannot do so (PgBouncer below 1.21) says <c>Max Auto Prepare=0</c>.
    /// </summary>
    private static string Preparing(string given)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = given };
        return said.ContainsKey("Max Auto Prepare") || said.ContainsKey("MaxAutoPrepare") ? given : new NpgsqlConnectionStringBuilder(given) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 }.ConnectionString;
    }
}
