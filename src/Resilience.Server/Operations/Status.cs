using Resilience.Core.Chain;
using Resilience.Server.LiveMap;
using Resilience.Server.Replaying;

namespace Resilience.Server.Operations;

/// <summary>GET /operations/status: what this server is, for whom, and what time it is in the chain.</summary>
internal static class Status
{
    internal static void MapStatus(this WebApplication app) => app
        .MapGet("/operations/status", (ServerOptions server, OperatingMode mode, LiveClock clock, IServiceProvider services) =>
        {
            var replay = services.GetService<Replay>();
            return TypedResults.Ok(new ServerStatus(
                server.Site, mode.IsReplay ? "replay" : "live", clock.Now, clock.Speed, replay?.Banner,
                [.. replay?.Played.Select(one => one.Recording).Select(r => new RecordingStatus(r.Id, r.Name, r.Source, r.Licence, r.RealFrom, r.RealTo, r.Synthetic)) ?? []],
                server.Version));
        })
        .WithTags("Operations")
        .WithSummary("Mode, clock and version; the faces take their time from here");
}

/// <summary>The answer of GET /operations/status.</summary>
/// <param name="Site">Whom this server warns for.</param>
/// <param name="Mode"><c>live</c> or <c>replay</c>.</param>
/// <param name="Now">The chain's clock.</param>
/// <param name="Speed">Chain seconds per real second.</param>
/// <param name="Banner">What the faces' banner says in a replay; null when live.</param>
/// <param name="Recordings">What is played back.</param>
/// <param name="Version">The program's version.</param>
internal sealed record ServerStatus(
    string Site, string Mode, DateTimeOffset Now, double Speed, string? Banner, IReadOnlyList<RecordingStatus> Recordings, string Version);

/// <summary>A recording as the faces name it.</summary>
internal sealed record RecordingStatus(
    string Id, string Name, string Source, string Licence, DateTimeOffset RealFrom, DateTimeOffset RealTo, bool Synthetic);
