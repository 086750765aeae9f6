using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Warnings;

/// <summary>The module's tables, <c>warnings_*</c>.</summary>
public sealed class WarningsDb(DbContextOptions<WarningsDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
