using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Risk;

/// <summary>The module's tables, <c>risk_*</c>.</summary>
public sealed class RiskDb(DbContextOptions<RiskDb> options) : ModuleDb(options)
{
    /// <summary>All zones, removed ones included.</summary>
    public DbSet<RiskZone> Zones => Set<RiskZone>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder) => modelBuilder.Entity<RiskZone>(row =>
    {
        row.ToTable("risk_zone");
        row.HasKey(r => r.Id);
    });
}
