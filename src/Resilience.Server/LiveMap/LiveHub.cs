using Microsoft.AspNetCore.SignalR;
using Resilience.Access;
using Resilience.Core.Chain;

namespace Resilience.Server.LiveMap;

/// <summary>
/// The hub <c>/live</c>. It only takes wishes; all writing is done by the connection's own loop, never by a group send, because
/// a group send waits for its slowest member.
/// </summary>
internal sealed class LiveHub(MapFanOut map, LiveProcess process, IHubContext<LiveHub, IMapClient> hub) : Hub<IMapClient>
{
    /// <summary>
    /// Sends the layers from now on: the missed changes when the client's versions are still known here, else snapshots. Returns
    /// the names that are not served to this caller.
    /// </summary>
    public IReadOnlyList<string> Subscribe(Dictionary<string, long> versions)
    {
        // Versions count within one database. A client that last spoke to another process may have them from another one.
        var known = process.Knows(Context.GetHttpContext());
        var refused = new List<string>();
        foreach (var (layer, seen) in versions)
        {
            if (!map.Subscribe(Context.ConnectionId, layer, known ? seen : 0, Sees()))
            {
                refused.Add(layer);
            }
        }

        return refused;
    }

    /// <summary>Sends a layer's snapshot again, for a client that found a gap.</summary>
    public void Resync(string layer)
    {
        if (!map.Subscribe(Context.ConnectionId, layer, 0, Sees()))
        {
            throw new HubException($"live.no-such-layer: {layer} is not served to you.");
        }
    }

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        map.Connect(Context.ConnectionId, hub.Clients.Client(Context.ConnectionId), Context.Abort);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        map.Disconnect(Context.ConnectionId);
        return Task.CompletedTask;
    }

    private Audience Sees() => Context.User switch
    {
        { } user when user.IsInRole(Roles.Coordinator) => Audience.Coordinator,
        { } user when user.IsInRole(Roles.Volunteer) => Audience.Volunteer,
        _ => Audience.Public,
    };
}
