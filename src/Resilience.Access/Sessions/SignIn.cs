using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Access.Auditing;
using Resilience.Access.People;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Access.Sessions;

/// <summary>A name and a password.</summary>
internal sealed record SignInRequest(string Name, string Password);

/// <summary>Signs a coordinator in and out.</summary>
internal sealed partial class SignIn(Store store, SignInThrottle throttle, ILogger<SignIn> logger)
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", async (SignInRequest request, SignIn signIn, HttpContext http, CancellationToken cancellationToken) =>
        {
            var (caller, role) = await signIn.CheckAsync(request, http.Connection.RemoteIpAddress, cancellationToken);
            await SessionCookie.StartAsync(http, caller, role);
            return TypedResults.Ok(await ShowSession.OfAsync(http));
        }).WithName("SignIn").WithSummary("Starts a session; attempts are slowed down per name and address");

        routes.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync();
            return TypedResults.NoContent();
        }).WithName("SignOut").WithSummary("Ends the session");
    }

    /// <summary>Who it is, or a refusal that does not tell an unknown name from a wrong password, in words or in time.</summary>
    internal async Task<(Caller Caller, string Role)> CheckAsync(SignInRequest request, IPAddress? address, CancellationToken cancellationToken)
    {
        var key = Person.KeyOf(request.Name.Length > 200 ? request.Name[..200] : request.Name);
        throttle.Enter(key, address);
        Person? person;
        await using (var db = store.Read<AccessDb>())
        {
            person = await db.People.SingleOrDefaultAsync(p => p.NameKey == key, cancellationToken);
        }

        if (!await Passwords.FitsAsync(person, request.Password, cancellationToken))
        {
            LogRefused(logger, address);
            throw new RefusalException("access.sign-in-failed", "Name and password do not fit together.", 401);
        }

        throttle.Clear(key, address);
        var caller = new Caller(person!.Id, person.Name);
        await using var step = await store.BeginAsync<AccessDb>(cancellationToken);
        await Audit.AppendAsync(step, AuditEntry.By(caller, "access.signed-in", $"person:{caller.Id}"), cancellationToken);
        await step.CommitAsync(cancellationToken);
        return (caller, person.Role);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in from {Address} was refused")]
    private static partial void LogRefused(ILogger logger, IPAddress? address);
}
