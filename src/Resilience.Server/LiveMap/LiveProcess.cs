using System.Security.Cryptography;

namespace Resilience.Server.LiveMap;

/// <summary>
/// Marks which process a client's layer versions come from, by a cookie on the connection itself. Layer versions are counters of
/// one database; after a restart on another database (a demo, a restored backup) the same number means another map.
/// </summary>
internal sealed class LiveProcess
{
    private const string Cookie = "resilience-live";

    private readonly string _mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>True when the connection was opened by a client whose previous one was to this process.</summary>
    internal bool Knows(HttpContext? connection) => connection?.Request.Cookies[Cookie] == _mark;

    /// <summary>Marks a client as it connects. Not on negotiation, which precedes the connection and would mark it too early.</summary>
    internal void Mark(HttpContext request)
    {
        if (!request.Request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal) && !Knows(request))
        {
            request.Response.Cookies.Append(Cookie, _mark, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.Request.IsHttps, Path = "/live", IsEssential = true });
        }
    }
}
