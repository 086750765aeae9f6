using Microsoft.AspNetCore.Http.Connections;
using Resilience.Server.Replaying;

namespace Resilience.Server.LiveMap;

/// <summary>Registers and maps the live map.</summary>
internal static class LiveMapModule
{
    internal static IServiceCollection AddLiveMap(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<LiveProcess>();
        services.AddSingleton(provider => new LiveClock(provider.GetRequiredService<TimeProvider>(), () => provider.GetService<ReplayClock>()?.Speed ?? 1));
        services.AddSingleton<MapMetrics>();
        services.AddSingleton<MapFanOut>();
        services.AddHostedService(provider => provider.GetRequiredService<MapFanOut>());
        var signalR = services.AddSignalR(hub =>
        {
            // A client says little: names and versions.
            hub.MaximumReceiveMessageSize = 16 * 1024;
            hub.MaximumParallelInvocationsPerClient = 1;
        }).AddMessagePackProtocol();
        if (configuration["Redis"] is { Length: > 0 } redis)
        {
            // Each process reads the database itself and writes only to its own connections, so the map stays right without the
            // backplane and while it is down.
            signalR.AddStackExchangeRedis(redis, options => options.Configuration.AbortOnConnectFail = false);
        }

        return services;
    }

    internal static void UseLiveMap(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/live"),
        live => live.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<LiveProcess>().Mark(context);
            return next();
        }));

    internal static void MapLiveMap(this WebApplication app)
    {
        app.MapHub<LiveHub>("/live", connection =>
        {
            connection.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
            connection.TransportSendTimeout = MapConnection.LongestSend;
            connection.CloseOnAuthenticationExpiration = true;
            connection.AllowStatefulReconnects = false;
        });
    }
}
