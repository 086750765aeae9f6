using Microsoft.EntityFrameworkCore;
using Resilience.Relief.Groups;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;

namespace Resilience.Relief;

/// <summary>The module's tables, <c>relief_*</c>.</summary>
public sealed class ReliefDb(DbContextOptions<ReliefDb> options) : ModuleDb(options)
{
    internal DbSet<Incident> Incidents => Set<Incident>();

    internal DbSet<IncidentMember> Members => Set<IncidentMember>();

    internal DbSet<ReliefTask> Tasks => Set<ReliefTask>();

    internal DbSet<TaskAct> Acts => Set<TaskAct>();

    internal DbSet<Volunteer> Volunteers => Set<Volunteer>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Incident>(row =>
        {
            row.ToTable("relief_incident");
            row.Property(incident => incident.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<IncidentMember>(row =>
        {
            row.ToTable("relief_incident_member");
            row.HasKey(member => member.ReportId);
            row.Property(member => member.ReportId).ValueGeneratedNever();
        });
        modelBuilder.Entity<ReliefTask>(row =>
        {
            row.ToTable("relief_task");
            row.Property(task => task.Id).ValueGeneratedNever();
            row.Property(task => task.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<TaskAct>(row =>
        {
            row.ToTable("relief_task_act");
            row.HasKey(act => act.Key);
        });
        modelBuilder.Entity<Volunteer>(row =>
        {
            row.ToTable("relief_volunteer");
            row.Property(volunteer => volunteer.Id).ValueGeneratedNever();
        });
    }
}
