using System.Collections.Concurrent;

namespace Resilience.Dissemination.Ledger;

/// <summary>
/// Each push service's share of POSTs under way. A service that hangs fills its own share and no other's; while it has as many
/// lines claimed as its share, no more are claimed for it.
/// </summary>
internal sealed class OriginShares(int share)
{
    private readonly ConcurrentDictionary<string, Origin> _origins = new();

    /// <summary>Push services for which nothing more is to be claimed now.</summary>
    internal IReadOnlyList<string> ListBusy() => [.. _origins.Where(origin => Volatile.Read(ref origin.Value.Claimed) >= share).Select(origin => origin.Key)];

    /// <summary>Counts claimed lines until disposed.</summary>
    internal IDisposable Hold(IReadOnlyList<Delivery> claimed) => new Held([.. claimed.Select(line => Of(line.Origin))]);

    /// <summary>Waits for a free POST to the push service; it is free again when disposed.</summary>
    internal async Task<IDisposable> TakeAsync(string origin, CancellationToken cancellationToken)
    {
        var slots = Of(origin).Slots;
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    private Origin Of(string origin) => _origins.GetOrAdd(origin, _ => new Origin(new SemaphoreSlim(share)));

    private sealed class Origin(SemaphoreSlim slots)
    {
        internal readonly SemaphoreSlim Slots = slots;
        internal int Claimed;
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }

    private sealed class Held : IDisposable
    {
        private readonly List<Origin> _lines;

        internal Held(List<Origin> lines)
        {
            _lines = lines;
            _lines.ForEach(origin => Interlocked.Increment(ref origin.Claimed));
        }

        public void Dispose() => _lines.ForEach(origin => Interlocked.Decrement(ref origin.Claimed));
    }
}
