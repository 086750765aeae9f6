using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Access;

/// <summary>The module's tables, <c>access_*</c>.</summary>
public sealed class AccessDb(DbContextOptions<AccessDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
