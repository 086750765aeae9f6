namespace Resilience.Server.Operations;

/// <summary>
/// Headers on every answer: no foreign scripts, no frames, no guessing of types, no referrer. A page that needs another policy
/// sets its own header and keeps it. A tile is no document and runs nothing: it is only kept from being taken for one, because the rest would be half a kilobyte
/// on each of hundreds.
/// </summary>
internal static class SecurityHeaders
{
    // Scripts only from here, none inline. Styles may be inline: the citizen's alert page carries its own so that it reads after
    // one request. blob: is the map's worker.
    private const string Policy =
        "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    internal static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest && !TileLane.PassesBy(context))
            {
                return Task.CompletedTask;
            }

            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("Referrer-Policy", "no-referrer");
            headers.TryAdd("Permissions-Policy", "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            return Task.CompletedTask;
        }, context);
        return next();
    });
}
