using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Resilience.Core.Geography;
using Resilience.Storage.HandingOver;

namespace Resilience.Storage;

/// <summary>
/// A module's view of the database: its own tables (prefixed with the module's name) and the hand-over table, nothing else.
/// </summary>
/// <remarks>
/// The same model runs on both engines. Times are UTC: <c>timestamptz</c> on PostgreSQL, integer microseconds since 1970 on
/// SQLite. Geometries are <c>geometry(…,4326)</c> on PostGIS and well-known binary on SQLite. Enums are stored by name.
/// Columns are snake_case. Queries do not track unless asked to.
/// </remarks>
public abstract partial class ModuleDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Handed-over work that is not handled yet, of all links.</summary>
    internal DbSet<HandedOver> HandedOver => Set<HandedOver>();

    /// <summary>True on the embedded engine.</summary>
    public bool IsSqlite => Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite";

    /// <summary>
    /// Raises a map layer's version and returns it. The row stays locked until the transaction ends, so versions become visible
    /// in the order they were taken: a reader that saw version n has seen everything below n.
    /// </summary>
    public async Task<long> NextLayerVersionAsync(string layer, CancellationToken cancellationToken)
    {
        var versions = await Database.SqlQuery<long>(
            $"INSERT INTO storage_layer (layer, version) VALUES ({layer}, 1) ON CONFLICT (layer) DO UPDATE SET version = storage_layer.version + 1 RETURNING version AS \"Value\"")
            .ToListAsync(cancellationToken);
        return versions[0];
    }

    /// <summary>A map layer's version as this context sees it; 0 before the first change.</summary>
    public async Task<long> LayerVersionAsync(string layer, CancellationToken cancellationToken)
    {
        var versions = await Database.SqlQuery<long>($"SELECT version AS \"Value\" FROM storage_layer WHERE layer = {layer}").ToListAsync(cancellationToken);
        return versions is [var version] ? version : 0;
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        if (IsSqlite)
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMicroseconds>();
            configurationBuilder.Properties<Geometry>().HaveConversion<WellKnownBinary<Geometry>>();
            configurationBuilder.Properties<Point>().HaveConversion<WellKnownBinary<Point>>();
        }
        else
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcOffset>();
            configurationBuilder.Properties<Geometry>().HaveColumnType("geometry(Geometry,4326)");
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<HandedOver>(row =>
        {
            row.ToTable("storage_handed_over");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedOnAdd();
        });
        ConfigureModel(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    /// <summary>Maps the module's own entities to its tables. Columns become snake_case by themselves.</summary>
    protected abstract void ConfigureModel(ModelBuilder modelBuilder);

    private static string SnakeCase(string name) => WordStart().Replace(name, "$1_$2").ToLowerInvariant();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex WordStart();

    private sealed class UtcMicroseconds() : ValueConverter<DateTimeOffset, long>(
        time => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        micros => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond));

    private sealed class UtcOffset() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);

    private sealed class WellKnownBinary<TGeometry>() : ValueConverter<TGeometry, byte[]>(
        geometry => new WKBWriter().Write(geometry),
        bytes => (TGeometry)new WKBReader(NetTopologySuite.NtsGeometryServices.Instance) { HandleSRID = true, HandleOrdinates = Ordinates.XY }.Read(bytes).WithSrid())
        where TGeometry : Geometry;
}

internal static class GeometrySrid
{
    internal static Geometry WithSrid(this Geometry geometry)
    {
        geometry.SRID = Wgs84.Factory.SRID;
        return geometry;
    }
}
