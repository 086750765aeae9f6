using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Resilience.Storage.HandingOver;

/// <summary>
/// In-process signals that there is new work. A nudge carries nothing and may be lost or doubled without harm: the work itself
/// stands in the database and a sweep finds it. Thread-safe.
/// </summary>
public sealed class Nudges
{
    private readonly ConcurrentDictionary<string, Channel<byte>> _signals = new();
    private readonly ConcurrentDictionary<long, Action<string>> _listeners = new();
    private long _nextListener;

    /// <summary>The nudge that tells the live map to read a layer's changes.</summary>
    public static string ForMap(string layer) => $"map:{layer}";

    /// <summary>Wakes whoever waits for <paramref name="name"/> (a link or a topic); once is enough for any number of nudges.</summary>
    public void Nudge(string name)
    {
        Signal(name).Writer.TryWrite(0);
        foreach (var listener in _listeners.Values)
        {
            listener(name);
        }
    }

    /// <summary>Waits until nudged or until the time is up, whichever is first. A nudge given while nobody waited is not lost.</summary>
    public async Task WaitAsync(string name, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        var reader = Signal(name).Reader;
        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody nudged: look anyway.
        }
    }

    /// <summary>Calls back on every nudge until disposed. The callback must return at once and not throw.</summary>
    public IDisposable Listen(Action<string> onNudge)
    {
        var id = Interlocked.Increment(ref _nextListener);
        _listeners[id] = onNudge;
        return new Listener(this, id);
    }

    private Channel<byte> Signal(string name) => _signals.GetOrAdd(name, static _ =>
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    private sealed class Listener(Nudges nudges, long id) : IDisposable
    {
        public void Dispose() => nudges._listeners.TryRemove(id, out _);
    }
}
