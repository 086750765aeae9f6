using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Warnings.Issuing;

/// <summary>
/// Alerts as server-sent events for scripts and other agencies (<c>curl -N …/warnings/stream</c>). First what is in force, then
/// every change as it is committed. The event id is the layer's version: a client that sends it back as <c>Last-Event-ID</c>
/// misses nothing. Event <c>alert</c> is an alert in force, <c>ended</c> one that no longer is, <c>ping</c> a sign of life.
/// </summary>
internal sealed class StreamAlerts(Store store, Nudges nudges)
{
    private const int MostListeners = 500;

    /// <summary>20: an agency's scripts behind one address; nobody holds every place.</summary>
    private const int MostOfOneCaller = 20;

    /// <summary>15 s, in real time: proxies drop connections that stay silent for 30 to 60 s.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _listeners = [];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/stream", (HttpContext http, StreamAlerts stream, CancellationToken cancellationToken) =>
        {
            var last = long.TryParse(http.Request.Headers["Last-Event-ID"], out var version) ? version : 0;
            http.Response.RegisterForDispose(stream.Enter(Household.Of(http.Connection.RemoteIpAddress)));
            return TypedResults.ServerSentEvents(stream.ListenAsync(last, cancellationToken));
        }).WithName("StreamAlerts").WithSummary("Alerts as server-sent events, resumable by Last-Event-ID");

    internal async IAsyncEnumerable<SseItem<AlertProperties?>> ListenAsync(long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changed = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var listening = nudges.Listen(name =>
        {
            if (name == Nudges.ForMap(AlertRows.Layer))
            {
                changed.Writer.TryWrite(0);
            }
        });
        var silent = true;
        while (true)
        {
            foreach (var alert in await ListSinceAsync(last, cancellationToken))
            {
                silent = false;
                last = Math.Max(last, alert.LayerVersion);
                var kind = alert.IsInForce(store.Clock.GetUtcNow()) ? "alert" : "ended";
                yield return new SseItem<AlertProperties?>(AlertProperties.Of(alert), kind) { EventId = alert.LayerVersion.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            }

            if (silent)
            {
                // Nothing is in force: the listener learns at once that it is connected, not with the first ping.
                silent = false;
                yield return new SseItem<AlertProperties?>(null, "ping");
            }

            using var pause = new CancellationTokenSource(Ping, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
            var quiet = false;
            try
            {
                await changed.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                quiet = true;
            }

            if (quiet)
            {
                yield return new SseItem<AlertProperties?>(null, "ping");
            }
        }
    }

    /// <summary>Takes a place, or refuses before the answer begins. Dispose gives it back.</summary>
    private Place Enter(string caller)
    {
        lock (_gate)
        {
            if (_listeners.Values.Sum() >= MostListeners)
            {
                throw new RefusalException("warnings.too-many-listeners", "Too many listeners. Poll the feed instead.", 503);
            }

            var held = _listeners.GetValueOrDefault(caller);
            if (held >= MostOfOneCaller)
            {
                throw new RefusalException("warnings.too-many-listeners", $"{MostOfOneCaller} listeners at this address are enough. Poll the feed instead.", 429);
            }

            _listeners[caller] = held + 1;
        }

        return new Place(this, caller);
    }

    private void Leave(string caller)
    {
        lock (_gate)
        {
            if (--_listeners[caller] == 0)
            {
                _listeners.Remove(caller);
            }
        }
    }

    private async Task<List<Alert>> ListSinceAsync(long last, CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        await using var db = store.Read<WarningsDb>();
        var alerts = last > 0
            ? db.Alerts.Where(alert => alert.LayerVersion > last)
            : db.Alerts.Where(alert => alert.State == AlertState.InForce && alert.Expires > now);
        return await alerts.OrderBy(alert => alert.LayerVersion).ThenBy(alert => alert.Sent).ToListAsync(cancellationToken);
    }

    private sealed class Place(StreamAlerts stream, string caller) : IDisposable
    {
        public void Dispose() => stream.Leave(caller);
    }
}
