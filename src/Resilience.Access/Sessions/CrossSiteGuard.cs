using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Resilience.Core;

namespace Resilience.Access.Sessions;

/// <summary>
/// No other site may act through a signed-in person's browser. Requests that change something must come from our own pages
/// (Sec-Fetch-Site, else Origin) and, when they carry the session cookie, the header <c>X-Resilience: 1</c>, which a foreign
/// page cannot set without a preflight that we never grant. Programs without a cookie need neither.
/// </summary>
internal static class CrossSiteGuard
{
    internal const string Header = "X-Resilience";

    internal static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // The live map's hub opens connections by GET and sends by POST; the browser cannot add headers there, Origin decides.
        var isHub = http.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is not null;
        var changes = !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method));
        if ((changes || isHub) && !IsSameSite(http.Request))
        {
            throw new RefusalException("access.cross-site", "This request came from another site's page and was not carried out.", 403);
        }

        if (changes && !isHub && http.Request.Cookies.ContainsKey(SessionCookie.Name) && http.Request.Headers[Header] != "1")
        {
            throw new RefusalException("access.header-missing", $"Requests that change something need the header {Header}: 1.", 403);
        }

        return next(http);
    }

    private static bool IsSameSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site])
        {
            return site is "same-origin" or "none";
        }

        // Only the authority is compared: behind a proxy that ends TLS the scheme differs.
        return request.Headers.Origin is not [{ Length: > 0 } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
