using Microsoft.EntityFrameworkCore;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;
using Resilience.Storage;

namespace Resilience.Hazards;

/// <summary>The module's tables, <c>hazards_*</c>.</summary>
public sealed class HazardsDb(DbContextOptions<HazardsDb> options) : ModuleDb(options)
{
    /// <summary>All assessments ever made; rows are only added.</summary>
    public DbSet<HazardAssessment> Assessments => Set<HazardAssessment>();

    /// <summary>One row per assessed station.</summary>
    public DbSet<CurrentAssessment> Current => Set<CurrentAssessment>();

    /// <summary>What the rules remember, one row per assessed datastream and concern.</summary>
    public DbSet<DatastreamMemory> Memories => Set<DatastreamMemory>();

    /// <summary>How good rules were; rows are only added.</summary>
    public DbSet<StoredVerification> Verifications => Set<StoredVerification>();

    /// <summary>Thresholds as agencies set them; rows are never deleted.</summary>
    public DbSet<ThresholdRevision> Revisions => Set<ThresholdRevision>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<HazardAssessment>(row =>
        {
            row.ToTable("hazards_assessment");
            row.HasKey(r => r.Id);
        });
        modelBuilder.Entity<CurrentAssessment>(row =>
        {
            row.ToTable("hazards_current");
            row.HasKey(r => r.StationId);
        });
        modelBuilder.Entity<DatastreamMemory>(row =>
        {
            row.ToTable("hazards_datastream");
            row.HasKey(r => new { r.DatastreamId, r.Concern });
        });
        modelBuilder.Entity<ThresholdRevision>(row =>
        {
            row.ToTable("hazards_threshold_revision");
            row.HasKey(r => r.Id);
            row.Property(r => r.Values).HasColumnName("threshold_values");
        });
        modelBuilder.Entity<StoredVerification>(row =>
        {
            row.ToTable("hazards_verification");
            row.HasKey(r => r.Id);
        });
    }
}
