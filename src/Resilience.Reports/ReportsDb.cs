using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Reports;

/// <summary>The module's tables, <c>reports_*</c>.</summary>
public sealed class ReportsDb(DbContextOptions<ReportsDb> options) : ModuleDb(options)
{
    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
    }
}
