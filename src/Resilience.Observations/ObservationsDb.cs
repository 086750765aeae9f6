using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Observations;

/// <summary>The module's tables, <c>observations_*</c>.</summary>
public sealed class ObservationsDb(DbContextOptions<ObservationsDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
