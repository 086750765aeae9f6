using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Server.LiveMap;

namespace Resilience.Benchmarks;

/// <summary>A connected map that notes how old each change is when it comes.</summary>
internal sealed class TimedMap : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly StoredTimes _stored;
    private readonly List<double> _latencies = [];
    private volatile bool _measuring;

    private TimedMap(HubConnection connection, StoredTimes stored)
    {
        (_connection, _stored) = (connection, stored);
        connection.On<string, LayerChange>("layer", (_, change) => Note(change));
    }

    /// <summary>Milliseconds from commit to here, of every change.</summary>
    internal IReadOnlyList<double> Latencies => _latencies;

    internal static async Task<TimedMap> ConnectAsync(Uri server, StoredTimes stored, CancellationToken cancellationToken)
    {
        var map = new TimedMap(new HubConnectionBuilder().WithUrl(new Uri(server, "/live")).AddMessagePackProtocol().Build(), stored);
        await map._connection.StartAsync(cancellationToken);
        await map._connection.InvokeAsync<string[]>("Subscribe", new Dictionary<string, long> { ["observations.stations"] = 0 }, cancellationToken);
        return map;
    }

    /// <summary>Warm-up is over.</summary>
    internal void Begin() => _measuring = true;

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private void Note(LayerChange change)
    {
        if (!_measuring || change.From == 0)
        {
            return;
        }

        foreach (var feature in change.Upsert)
        {
            using var json = JsonDocument.Parse(feature.Bytes);
            var properties = json.RootElement.GetProperty("properties");
            if (properties.GetProperty("value").ValueKind == JsonValueKind.Number && properties.GetProperty("id").GetString() is { } id)
            {
                _latencies.Add(_stored.SinceMilliseconds(int.Parse(id.AsSpan("bench:".Length), System.Globalization.CultureInfo.InvariantCulture), (int)properties.GetProperty("value").GetDouble()));
            }
        }
    }
}
