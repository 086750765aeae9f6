using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resilience.Access.People;

namespace Resilience.Access.Sessions;

/// <summary>Which of the two.</summary>
internal sealed record DemoSignInRequest(Guid PersonId);

/// <summary>In a replay, lets anybody be one of the two demo people.</summary>
internal static class DemoSignIn
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/demo-sign-in", async (DemoSignInRequest request, DemoPeople people, HttpContext http) =>
        {
            await SessionCookie.StartAsync(http, people.Get(request.PersonId), Roles.Coordinator);
            return TypedResults.Ok(await ShowSession.OfAsync(http));
        }).WithName("DemoSignIn").WithSummary("Starts a session as one of the demo's two people; refused on a real server");
}
