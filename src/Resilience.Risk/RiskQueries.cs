using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Risk;

/// <summary>What other modules may ask of the zones. Thread-safe.</summary>
public sealed class RiskQueries(Store store)
{
    /// <summary>The zone's present version (it may be removed), or <see cref="KeyNotFoundException"/>.</summary>
    public async Task<RiskZone> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"No risk zone {id}.");

    /// <summary>The zone's present version (it may be removed), or null.</summary>
    public async Task<RiskZone?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<RiskDb>();
        return await db.Zones.SingleOrDefaultAsync(zone => zone.Id == id, cancellationToken);
    }

    /// <summary>All zones that stand, worst first and then by id.</summary>
    public async Task<IReadOnlyList<RiskZone>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = store.Read<RiskDb>();
        var zones = await db.Zones.Where(zone => !zone.Removed).ToListAsync(cancellationToken);
        return [.. zones.OrderByDescending(zone => zone.Severity).ThenBy(zone => zone.Id)];
    }
}
