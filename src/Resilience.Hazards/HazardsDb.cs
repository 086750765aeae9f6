using Microsoft.EntityFrameworkCore;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Recomputing;
using Resilience.Hazards.Rules;
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

    /// <summary>Verifications of rules, waiting, running and over.</summary>
    public DbSet<VerificationRun> Runs => Set<VerificationRun>();

    /// <summary>Gauges of runs that are not over.</summary>
    internal DbSet<RunGauge> RunGauges => Set<RunGauge>();

    /// <summary>What assessments were reckoned from; rows are only added.</summary>
    public DbSet<KeptBasis> Bases => Set<KeptBasis>();

    /// <summary>Ratings assessments rest on, each version once; rows are only added.</summary>
    public DbSet<KeptRating> Ratings => Set<KeptRating>();

    /// <summary>What came of replaying exactly these thresholds, one row per datastream, concern and version.</summary>
    public DbSet<VerifiedSet> VerifiedSets => Set<VerifiedSet>();

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
        modelBuilder.Entity<KeptBasis>(row =>
        {
            row.ToTable("hazards_basis");
            row.HasKey(r => r.Id);
        });
        modelBuilder.Entity<KeptRating>(row =>
        {
            row.ToTable("hazards_rating");
            row.HasKey(r => r.Version);
        });
        modelBuilder.Entity<VerificationRun>(row =>
        {
            row.ToTable("hazards_verification_run");
            row.HasKey(r => r.Id);
        });
        modelBuilder.Entity<RunGauge>(row =>
        {
            row.ToTable("hazards_verification_gauge");
            row.HasKey(r => new { r.RunId, r.DatastreamId });
        });
        modelBuilder.Entity<VerifiedSet>(row =>
        {
            row.ToTable("hazards_verified_set");
            row.HasKey(r => new { r.DatastreamId, r.Concern, r.SetVersion });
        });
        modelBuilder.Entity<StoredVerification>(row =>
        {
            row.ToTable("hazards_verification");
            row.HasKey(r => r.Id);
        });
    }
}
