using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NetTopologySuite.Geometries;
using Resilience.Storage;

namespace Resilience.Warnings;

/// <summary>The module's tables, <c>warnings_*</c>.</summary>
public sealed class WarningsDb(DbContextOptions<WarningsDb> options) : ModuleDb(options)
{
    internal DbSet<Alert> Alerts => Set<Alert>();

    internal DbSet<Draft> Drafts => Set<Draft>();

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Alert>(row =>
        {
            row.ToTable("warnings_alert");
            row.HasKey(alert => alert.Id);
            row.Property(alert => alert.Id).ValueGeneratedNever();
            row.Property(alert => alert.References).HasColumnName("references_text");
            row.Property(alert => alert.Texts).HasConversion(
                texts => JsonSerializer.Serialize(texts, WarningsJson.Default.IReadOnlyListAlertText),
                json => JsonSerializer.Deserialize(json, WarningsJson.Default.IReadOnlyListAlertText)!,
                ListComparer<AlertText>());
        });
        modelBuilder.Entity<Draft>(row =>
        {
            row.ToTable("warnings_draft");
            row.HasKey(draft => draft.Id);
            row.Property(draft => draft.Id).ValueGeneratedNever();
            row.Property(draft => draft.Version).IsConcurrencyToken();
            row.Property(draft => draft.Area).Metadata.SetValueComparer(ExactArea);
            row.Property(draft => draft.Texts).HasConversion(
                texts => JsonSerializer.Serialize(texts, WarningsJson.Default.IReadOnlyListAlertText),
                json => JsonSerializer.Deserialize(json, WarningsJson.Default.IReadOnlyListAlertText)!,
                ListComparer<AlertText>());
            row.Property(draft => draft.Evidence).HasConversion(
                lines => JsonSerializer.Serialize(lines, WarningsJson.Default.IReadOnlyListString),
                json => JsonSerializer.Deserialize(json, WarningsJson.Default.IReadOnlyListString)!,
                ListComparer<string>());
        });
    }

    // Geometry's own equality is topological: an area drawn anew from another corner would not be written, and its content hash
    // would then belong to a text that is not the stored one.
    private static readonly ValueComparer<Geometry> ExactArea = new(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.EqualsExact(b)), area => area.GetHashCode(), area => area);

    private static ValueComparer<IReadOnlyList<T>> ListComparer<T>() => new(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
        list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        list => list);
}
