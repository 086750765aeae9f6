using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Hazards;

/// <summary>The module's tables, <c>hazards_*</c>.</summary>
public sealed class HazardsDb(DbContextOptions<HazardsDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
