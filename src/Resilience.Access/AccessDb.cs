using Microsoft.EntityFrameworkCore;
using Resilience.Access.Auditing;
using Resilience.Access.FirstStart;
using Resilience.Access.People;
using Resilience.Storage;

namespace Resilience.Access;

/// <summary>The module's tables, <c>access_*</c>.</summary>
public sealed class AccessDb(DbContextOptions<AccessDb> options) : ModuleDb(options)
{
    internal DbSet<Person> People => Set<Person>();

    internal DbSet<SetupToken> SetupTokens => Set<SetupToken>();

    internal DbSet<AuditRow> Audit => Set<AuditRow>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Person>(row =>
        {
            row.ToTable("access_person");
            row.HasKey(person => person.Id);
            row.Property(person => person.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<SetupToken>(row =>
        {
            row.ToTable("access_setup_token");
            row.HasKey(token => token.TokenHash);
        });
        modelBuilder.Entity<AuditRow>(row =>
        {
            row.ToTable("access_audit");
            row.HasKey(entry => entry.Sequence);
            row.Property(entry => entry.Sequence).ValueGeneratedNever();
        });
    }
}
