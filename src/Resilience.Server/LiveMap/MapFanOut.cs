using System.Collections.Concurrent;
using Resilience.Core.Chain;
using Resilience.Storage.HandingOver;

namespace Resilience.Server.LiveMap;

/// <summary>
/// All layers and all connected maps. Each layer has one loop that reads its changes when nudged, and every few seconds
/// anyway; each connection has its own loop that delivers.
/// </summary>
internal sealed partial class MapFanOut(IEnumerable<IMapLayer> layers, Nudges nudges, LiveClock clock, MapMetrics metrics, ILogger<MapFanOut> logger) : BackgroundService
{
    /// <summary>A lost nudge shows on the map after this long at most.</summary>
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(3);

    /// <summary>Nudges within this time are read together: at a thousand observations a second the database is asked 20 times.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, LayerFeed> _feeds = layers.ToDictionary(layer => layer.Name, layer => new LayerFeed(layer));
    private readonly ConcurrentDictionary<string, MapConnection> _connections = new();

    /// <summary>The live copy of a layer, or null when there is none of that name.</summary>
    internal LayerFeed? Find(string layer) => _feeds.GetValueOrDefault(layer);

    /// <summary>Starts delivering to a connection.</summary>
    internal void Connect(string id, IMapClient client, Action abort)
    {
        var connection = new MapConnection(client, clock, abort);
        _connections[id] = connection;
        MapMetrics.Connections(+1);
        connection.Start();
    }

    /// <summary>Forgets a connection.</summary>
    internal void Disconnect(string id)
    {
        foreach (var feed in _feeds.Values)
        {
            feed.Detach(id);
        }

        if (_connections.TryRemove(id, out var connection))
        {
            connection.Dispose();
            MapMetrics.Connections(-1);
        }
    }

    /// <summary>Subscribes a connection to a layer it may see; false when there is no such layer for this audience.</summary>
    internal bool Subscribe(string connection, string layer, long seen, Audience audience)
    {
        if (!_feeds.TryGetValue(layer, out var feed) || feed.Audience > audience || !_connections.TryGetValue(connection, out var map))
        {
            return false;
        }

        feed.Attach(connection, map.Mailbox, seen);
        if (!_connections.ContainsKey(connection))
        {
            feed.Detach(connection);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(_feeds.Values.Select(feed => Task.Run(() => FollowAsync(feed, stoppingToken), stoppingToken)));
    }

    private async Task FollowAsync(LayerFeed feed, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await ReadAsync(feed, stopping);
            await Task.Delay(Gather, TimeProvider.System, stopping);
            await nudges.WaitAsync(Nudges.ForMap(feed.Name), LookAnyway, TimeProvider.System, stopping);
        }
    }

    private async Task ReadAsync(LayerFeed feed, CancellationToken stopping)
    {
        try
        {
            metrics.Read(feed.Name, await feed.ReadAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
#pragma warning disable CA1031 // The map must outlive any error: the database may be restarting.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogReadFailed(logger, exception, feed.Name);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Layer {Layer} could not be read; trying again")]
    private static partial void LogReadFailed(ILogger logger, Exception exception, string layer);
}
