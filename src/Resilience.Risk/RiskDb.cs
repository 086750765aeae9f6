using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Risk;

/// <summary>The module's tables, <c>risk_*</c>.</summary>
public sealed class RiskDb(DbContextOptions<RiskDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
