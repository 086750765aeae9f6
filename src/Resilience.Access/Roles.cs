namespace Resilience.Access;

/// <summary>
/// Roles, which are also the names of the authorisation policies that endpoints ask for. Everything else an endpoint needs to
/// know of the caller is <c>User.Identity.Name</c> (display name) and the claim <c>NameIdentifier</c> (person id, a GUID).
/// </summary>
public static class Roles
{
    /// <summary>Staff of the agency: sees everything, drafts, approves what another drafted, cancels.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Member of a volunteer group: sees relief tasks, claims and finishes them.</summary>
    public const string Volunteer = "volunteer";
}
