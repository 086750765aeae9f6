using Microsoft.AspNetCore.Http;

namespace Resilience.Access.Sessions;

/// <summary>A volunteer's session: no password, because joining a group is Relief's affair and nothing here reaches the public.</summary>
public static class SignInVolunteer
{
    /// <summary>Signs the browser in as a volunteer. A coordinator's session is replaced.</summary>
    /// <param name="http">The request whose answer carries the cookie; call before writing the body.</param>
    /// <param name="personId">The volunteer's id, stable across sessions.</param>
    /// <param name="name">The name others see; not empty.</param>
    public static Task SignInAsync(HttpContext http, Guid personId, string name) => SessionCookie.StartAsync(http, new Caller(personId, name), Roles.Volunteer);
}
