using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Risk.Serving.Zones;

/// <summary>
/// Holds the present snapshot of the zones and the few before it. Readers take a reference and never wait, but for the first after a
/// change: it reads the zones anew for all. Thread-safe.
/// </summary>
public sealed class ZonesInMemory : IDisposable
{
    /// <summary>How many snapshots are kept, so that a map that is just drawing an older one can finish.</summary>
    private const int Kept = 4;

    /// <summary>Even without a nudge the version is looked at again after this time; nudges from other processes can be lost.</summary>
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly Store _store;
    private readonly IDisposable _listening;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile ZoneSnapshot[] _snapshots = [];
    private long _changes = 1;
    private long _seen;
    private long _readAt;

    /// <summary>Listens for changes from now on.</summary>
    public ZonesInMemory(Store store, Nudges nudges)
    {
        _store = store;
        var name = Nudges.ForMap(AssessRisk.Layer);
        _listening = nudges.Listen(nudged =>
        {
            if (nudged == name)
            {
                Interlocked.Increment(ref _changes);
            }
        });
    }

    /// <summary>The newest snapshot.</summary>
    public async ValueTask<ZoneSnapshot> CurrentAsync(CancellationToken cancellationToken)
    {
        // Real time on purpose: it bounds how long a lost nudge matters to people, however fast a replay runs.
        var fresh = Volatile.Read(ref _seen) == Volatile.Read(ref _changes)
            && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _readAt)) < LookAnyway;
        return fresh && _snapshots is [var current, ..] ? current : await ReadAsync(cancellationToken);
    }

    /// <summary>The snapshot of an edition, or null when it is gone or not yet there.</summary>
    public async ValueTask<ZoneSnapshot?> FindAsync(string edition, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken);
        return current.Edition == edition ? current : Array.Find(_snapshots, snapshot => snapshot.Edition == edition);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listening.Dispose();
        _reading.Dispose();
    }

    private async Task<ZoneSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var changes = Volatile.Read(ref _changes);
            await using var db = _store.Read<RiskDb>();
            var zones = await db.Zones.ToListAsync(cancellationToken);
            var version = zones.Count == 0 ? 0 : zones.Max(zone => zone.LayerVersion);
            if (_snapshots is not [var current, ..] || current.Version != version)
            {
                current = new ZoneSnapshot(version, zones);
                _snapshots = [current, .. _snapshots.Take(Kept - 1)];
            }

            Volatile.Write(ref _seen, changes);
            Volatile.Write(ref _readAt, TimeProvider.System.GetTimestamp());
            return current;
        }
        finally
        {
            _reading.Release();
        }
    }
}

/// <summary>The zones on the live map.</summary>
public sealed class ZoneLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => AssessRisk.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<RiskDb>();
        var zones = await db.Zones.Where(zone => zone.LayerVersion > version && (version > 0 || !zone.Removed))
            .OrderBy(zone => zone.LayerVersion).ThenBy(zone => zone.Id).ToListAsync(cancellationToken);
        return [.. zones.Select(zone => new MapFeature(
            zone.Id.ToString(), zone.LayerVersion, zone.Removed ? ReadOnlyMemory<byte>.Empty : ZoneSnapshot.ToFeature(zone)))];
    }
}
