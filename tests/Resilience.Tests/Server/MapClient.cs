using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Resilience.Server.LiveMap;

namespace Resilience.Tests.Server;

/// <summary>A map as a face keeps it: applies changes in order and asks again when it finds a gap.</summary>
internal sealed class MapClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Version, Dictionary<string, string> Features)> _layers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MapClient(HubConnection connection)
    {
        _connection = connection;
        connection.On<string, LayerChange>("layer", Apply);
        connection.On<string, double>("clock", (now, speed) => Clock = (DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), speed));
    }

    public (DateTimeOffset Now, double Speed)? Clock { get; private set; }

    /// <summary>Every message in the order it came.</summary>
    public ConcurrentQueue<(string Layer, LayerChange Change)> Messages { get; } = new();

    public int Gaps { get; private set; }

    public HubConnection Connection => _connection;

    public static async Task<MapClient> ConnectAsync(IHubConnectionBuilder builder)
    {
        var client = new MapClient(builder.Build());
        await client._connection.StartAsync();
        return client;
    }

    public static Task<MapClient> ConnectAsync(Uri server) => ConnectAsync(new HubConnectionBuilder().WithUrl(new Uri(server, "/live")));

    public Task<string[]> SubscribeAsync(params (string Layer, long Version)[] layers) =>
        _connection.InvokeAsync<string[]>("Subscribe", layers.ToDictionary(pair => pair.Layer, pair => pair.Version));

    public long Version(string layer)
    {
        lock (_gate)
        {
            return _layers.TryGetValue(layer, out var there) ? there.Version : 0;
        }
    }

    /// <summary>The property <c>text</c> of each feature of a layer by id.</summary>
    public IReadOnlyDictionary<string, string> Features(string layer)
    {
        lock (_gate)
        {
            return _layers.TryGetValue(layer, out var there) ? new Dictionary<string, string>(there.Features) : [];
        }
    }

    /// <summary>Waits until the layer looks as described; fails after ten seconds.</summary>
    public async Task UntilAsync(Func<MapClient, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (holds(this))
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private void Apply(string name, LayerChange change)
    {
        Messages.Enqueue((name, change));
        lock (_gate)
        {
            var there = _layers.GetValueOrDefault(name);
            if (change.From == 0)
            {
                there = (0, []);
            }
            else if (there.Features is null || there.Version != change.From)
            {
                Gaps++;
                return;
            }

            foreach (var feature in change.Upsert)
            {
                using var json = JsonDocument.Parse(feature.Bytes);
                there.Features[json.RootElement.GetProperty("id").GetString()!] = json.RootElement.GetProperty("properties").TryGetProperty("text", out var text) ? text.GetString()! : "";
            }

            foreach (var id in change.Remove)
            {
                there.Features.Remove(id);
            }

            _layers[name] = (change.Version, there.Features);
            var before = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            before.SetResult();
        }
    }
}
