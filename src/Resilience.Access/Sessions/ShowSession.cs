using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access.People;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Access.Sessions;

/// <summary>A person as the faces see one.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The name others see.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record SessionPerson(string Id, string Name, string Role);

/// <summary>Who the browser is signed in as, and what it could do about it.</summary>
/// <param name="Person">Null when nobody is signed in.</param>
/// <param name="DemoPeople">The people a replay lets anybody be; empty on a real server.</param>
/// <param name="NeedsSetup">True while nobody has an account.</param>
public sealed record Session(SessionPerson? Person, IReadOnlyList<SessionPerson> DemoPeople, bool NeedsSetup);

/// <summary>Tells a face who is signed in.</summary>
public static class ShowSession
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/session", async (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(await OfAsync(http));
        }).WithName("ShowSession").WithSummary("Who is signed in");

    /// <summary>The session of a request; after signing in, that of the person just signed in.</summary>
    public static async Task<Session> OfAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var demo = services.GetRequiredService<DemoPeople>().List();
        await using var db = services.GetRequiredService<Store>().Read<AccessDb>();
        var needsSetup = !services.GetRequiredService<OperatingMode>().IsReplay && !await db.People.AnyAsync(http.RequestAborted);
        SessionPerson? person = null;
        if (http.User.Identity is { IsAuthenticated: true })
        {
            var caller = Caller.From(http.User);
            person = new SessionPerson(caller.Id.ToString(), caller.Name, http.User.FindFirstValue(ClaimTypes.Role) ?? Roles.Volunteer);
        }

        return new Session(person, [.. demo.Select(d => new SessionPerson(d.Id.ToString(), d.Name, Roles.Coordinator))], needsSetup);
    }
}
