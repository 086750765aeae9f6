using Microsoft.EntityFrameworkCore;
using Resilience.Reports.Collecting;
using Resilience.Reports.Density;
using Resilience.Storage;

namespace Resilience.Reports;

/// <summary>The module's tables, <c>reports_*</c>.</summary>
public sealed class ReportsDb(DbContextOptions<ReportsDb> options) : ModuleDb(options)
{
    /// <summary>Where posts come from.</summary>
    public DbSet<PostSource> Sources => Set<PostSource>();

    /// <summary>Posts taken in.</summary>
    public DbSet<Post> Posts => Set<Post>();

    /// <summary>What they were classified as.</summary>
    public DbSet<Report> Reports => Set<Report>();

    /// <summary>What could not be read.</summary>
    public DbSet<QuarantinedPost> Quarantine => Set<QuarantinedPost>();

    /// <summary>Origins published together.</summary>
    public DbSet<Crowd> Crowds => Set<Crowd>();

    /// <summary>Who is in a crowd of the window.</summary>
    public DbSet<CountedOrigin> CountedOrigins => Set<CountedOrigin>();

    /// <summary>Up to when reports were counted.</summary>
    public DbSet<DensityStep> DensitySteps => Set<DensityStep>();

    /// <summary>The live density layer.</summary>
    public DbSet<ShownCell> ShownCells => Set<ShownCell>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PostSource>(source =>
        {
            source.ToTable("reports_source");
            source.Property(row => row.ETag).HasColumnName("etag");
        });
        modelBuilder.Entity<Post>().ToTable("reports_post");
        modelBuilder.Entity<Report>(report =>
        {
            report.ToTable("reports_report");
            report.Property(row => row.PInformative).HasColumnName("p_informative");
            report.Property(row => row.PCategory).HasColumnName("p_category");
        });
        modelBuilder.Entity<QuarantinedPost>().ToTable("reports_quarantine");
        modelBuilder.Entity<Crowd>(crowd =>
        {
            crowd.ToTable("reports_crowd");
            crowd.Ignore(row => row.Cell);
        });
        modelBuilder.Entity<CountedOrigin>().ToTable("reports_counted_origin").HasKey(row => row.OriginId);
        modelBuilder.Entity<DensityStep>().ToTable("reports_density_step").HasKey(row => row.At);
        modelBuilder.Entity<ShownCell>().ToTable("reports_density_cell");
    }
}
