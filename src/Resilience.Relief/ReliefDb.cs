using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Relief;

/// <summary>The module's tables, <c>relief_*</c>.</summary>
public sealed class ReliefDb(DbContextOptions<ReliefDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
