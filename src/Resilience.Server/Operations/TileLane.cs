using Microsoft.AspNetCore.Authorization;

namespace Resilience.Server.Operations;

/// <summary>
/// Tiles are most of what a map asks for, public, and already packed: they pass by the middleware that looks for files, packs answers and asks
/// who is calling. The limit per caller holds for them as for all, and so does the guard of an endpoint that has one.
/// </summary>
internal static class TileLane
{
    private static readonly string[] Lanes = ["/risk/tiles/", "/risk/basemap/"];

    /// <summary>True for what does not go by this lane.</summary>
    internal static bool PassesBy(HttpContext context) =>
        !Array.Exists(Lanes, lane => context.Request.Path.Value!.StartsWith(lane, StringComparison.OrdinalIgnoreCase));

    /// <summary>Answers at once what needs nothing more; after routing and limits.</summary>
    internal static void UseTileLane(this WebApplication app) => app.Use((context, next) =>
        !PassesBy(context) && context.GetEndpoint() is { RequestDelegate: { } answer } endpoint && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
            ? answer(context)
            : next(context));
}
