using Microsoft.EntityFrameworkCore;
using Resilience.Dissemination.Answering;
using Resilience.Dissemination.Ledger;
using Resilience.Storage;

namespace Resilience.Dissemination;

/// <summary>The module's tables, <c>dissemination_*</c>.</summary>
public sealed class DisseminationDb(DbContextOptions<DisseminationDb> options) : ModuleDb(options)
{
    internal DbSet<CitizenAnswer> Answers => Set<CitizenAnswer>();

    internal DbSet<Delivery> Deliveries => Set<Delivery>();

    internal DbSet<Subscription> Subscriptions => Set<Subscription>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CitizenAnswer>(row =>
        {
            row.ToTable("dissemination_answer");
            row.Property(answer => answer.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<Delivery>(row =>
        {
            row.ToTable("dissemination_delivery");
            row.Property(delivery => delivery.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<Subscription>(row =>
        {
            row.ToTable("dissemination_subscription");
            row.Property(subscription => subscription.Id).ValueGeneratedNever();
        });
    }
}
