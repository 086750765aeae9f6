using System.Threading.Channels;
using Resilience.Core.Chain;

namespace Resilience.Server.LiveMap;

/// <summary>
/// What waits for one connection. Map changes conflate to the latest state of each feature, so the box never holds more than the
/// map; alerts stand in a line of their own that keeps every change and goes first. Thread-safe; nobody ever waits to put something in.
/// </summary>
internal sealed class Mailbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _sent = [];
    private readonly Dictionary<string, Waiting> _layers = [];
    private readonly Queue<Waiting> _alerts = [];
    private readonly Channel<byte> _signal = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The layer whose changes are never conflated and go first.</summary>
    internal const string AlertLayer = "warnings.alerts";

    /// <summary>True when an alert waits.</summary>
    internal bool HasAlert
    {
        get
        {
            lock (_gate)
            {
                return _alerts.Count > 0;
            }
        }
    }

    /// <summary>The client has this version of the layer.</summary>
    internal void Begin(LayerFeed layer, long seen)
    {
        lock (_gate)
        {
            _sent[layer.Name] = seen;
            _layers.Remove(layer.Name);
        }
    }

    /// <summary>Puts changes in; what the client already has or will get with a waiting snapshot is left out.</summary>
    internal void Post(LayerFeed layer, IReadOnlyList<MapFeature> changes, long version)
    {
        lock (_gate)
        {
            var sent = _sent.GetValueOrDefault(layer.Name);
            if (version <= sent)
            {
                return;
            }

            Waiting? waiting;
            if (layer.Name == AlertLayer)
            {
                if (_alerts.TryPeek(out var first) && first.Snapshot)
                {
                    return;
                }

                _alerts.Enqueue(waiting = new Waiting(layer, sent));
                _sent[layer.Name] = version;
            }
            else if (!_layers.TryGetValue(layer.Name, out waiting))
            {
                _layers[layer.Name] = waiting = new Waiting(layer, sent);
            }

            if (!waiting.Snapshot)
            {
                waiting.Version = version;
                foreach (var change in changes.Where(change => change.Version > sent))
                {
                    waiting.Features[change.Id] = change;
                }
            }
        }

        Wake();
    }

    /// <summary>The client gets the whole layer as it is when it is sent, instead of anything that waited.</summary>
    internal void PostSnapshot(LayerFeed layer)
    {
        lock (_gate)
        {
            var waiting = new Waiting(layer, 0) { Snapshot = true };
            _sent[layer.Name] = 0;
            if (layer.Name == AlertLayer)
            {
                _alerts.Clear();
                _alerts.Enqueue(waiting);
            }
            else
            {
                _layers[layer.Name] = waiting;
            }
        }

        Wake();
    }

    /// <summary>Takes the next alert change, oldest first; null when none waits.</summary>
    internal Parcel? TakeAlert()
    {
        lock (_gate)
        {
            return _alerts.TryDequeue(out var waiting) ? Take(waiting) : null;
        }
    }

    /// <summary>Takes everything else that waits, one change per layer.</summary>
    internal IReadOnlyList<Parcel> TakeLayers()
    {
        lock (_gate)
        {
            if (_layers.Count == 0)
            {
                return [];
            }

            List<Parcel> taken = [.. _layers.Values.Select(Take)];
            _layers.Clear();
            return taken;
        }
    }

    /// <summary>Waits until something was put in or the time is up.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (_signal.Reader.TryRead(out _))
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            await _signal.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing came.
        }
    }

    private Parcel Take(Waiting waiting)
    {
        if (waiting.Snapshot)
        {
            var state = waiting.Layer.State;
            _sent[waiting.Layer.Name] = state.Version;
            return new Parcel(waiting.Layer.Name, 0, state.Version, [.. state.Features.Values.OrderBy(feature => feature.Id, StringComparer.Ordinal)], []);
        }

        _sent[waiting.Layer.Name] = waiting.Version;
        return new Parcel(
            waiting.Layer.Name, waiting.From, waiting.Version,
            [.. waiting.Features.Values.Where(feature => !feature.Removed)], [.. waiting.Features.Values.Where(feature => feature.Removed).Select(feature => feature.Id)]);
    }

    private void Wake() => _signal.Writer.TryWrite(0);

    private sealed class Waiting(LayerFeed layer, long from)
    {
        internal LayerFeed Layer { get; } = layer;

        internal long From { get; } = from;

        internal long Version { get; set; } = from;

        internal bool Snapshot { get; init; }

        internal Dictionary<string, MapFeature> Features { get; } = [];
    }
}

/// <summary>One change taken out of a mailbox.</summary>
internal sealed record Parcel(string Layer, long From, long Version, IReadOnlyList<MapFeature> Upsert, IReadOnlyList<string> Remove);
