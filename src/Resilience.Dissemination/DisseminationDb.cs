using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Dissemination;

/// <summary>The module's tables, <c>dissemination_*</c>.</summary>
public sealed class DisseminationDb(DbContextOptions<DisseminationDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
