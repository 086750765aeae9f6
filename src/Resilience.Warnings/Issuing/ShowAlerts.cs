using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resilience.Access;

namespace Resilience.Warnings.Issuing;

/// <summary>What anybody may read of issued alerts: the list, one alert, and the CAP message byte for byte.</summary>
internal static class ShowAlerts
{
    internal const string CapType = "application/cap+xml";
    private const int MostListed = 200;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alerts", async (AlertState? state, AlertQueries alerts, WarningsOptions options, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        {
            var list = await alerts.ListAsync(state is { } only ? [only] : [], MostListed, cancellationToken);
            return TypedResults.Ok(list.Select(alert => AlertView.Of(alert, Signing(user, options))).ToArray());
        }).WithName("ListAlerts").WithSummary("The latest alerts, latest first, at most 200; state narrows");

        routes.MapGet("/alerts/{id:guid}", async (Guid id, AlertQueries alerts, WarningsOptions options, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                TypedResults.Ok(AlertView.Of(await alerts.GetAsync(id, cancellationToken), Signing(user, options))))
            .WithName("ShowAlert").WithSummary("One alert");

        routes.MapGet("/alerts/{id:guid}/cap.xml", async (Guid id, AlertQueries alerts, HttpContext http, CancellationToken cancellationToken) =>
        {
            var alert = await alerts.GetAsync(id, cancellationToken);
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(Encoding.UTF8.GetBytes(alert.CapXml), CapType);
        }).WithName("ShowCap").WithSummary("The CAP 1.2 message exactly as issued; it never changes");
    }

    private static WarningsOptions? Signing(ClaimsPrincipal user, WarningsOptions options) => user.IsInRole(Roles.Coordinator) ? null : options;
}
