using System.Security.Claims;
using Resilience.Core;

namespace Resilience.Access;

/// <summary>The signed-in person behind a request.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The name others see.</param>
public sealed record Caller(Guid Id, string Name)
{
    /// <summary>The caller, or a refusal <c>access.sign-in-needed</c> (401).</summary>
    public static Caller From(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) && user.Identity?.Name is { Length: > 0 } name
            ? new Caller(id, name)
            : throw new RefusalException("access.sign-in-needed", "Sign in first.", 401);

    /// <summary>Claims of a person in one role.</summary>
    internal ClaimsPrincipal As(string role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Id.ToString()), new Claim(ClaimTypes.Name, Name), new Claim(ClaimTypes.Role, role)],
        authenticationType: "resilience"));
}
