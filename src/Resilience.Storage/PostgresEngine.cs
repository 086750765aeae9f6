using Microsoft.EntityFrameworkCore;

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

        builder.UseNpgsql(options.ConnectionString, npgsql => npgsql.UseNetTopologySuite());
    }
}
