using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Resilience.Core;
using Resilience.Storage;
using Resilience.Warnings;

namespace Resilience.Dissemination.Rendering;

/// <summary>GET /alerts/{id} and its style sheet.</summary>
internal sealed class ShowAlertPage(Store store, AlertQueries alerts, PlaceTime placeTime)
{
    private static readonly Lazy<byte[]> Css = new(() =>
    {
        using var resource = typeof(ShowAlertPage).Assembly.GetManifestResourceStream("alert.css")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    });

    internal async Task<IResult> HandleAsync(Guid id, string? lang, HttpContext http, CancellationToken cancellationToken)
    {
        var alert = await alerts.FindAsync(id, cancellationToken) ?? throw new RefusalException("dissemination.no-such-alert", "There is no alert with this id.", 404);
        var thread = await alerts.ListThreadAsync(alert.ThreadId, cancellationToken);

        // Whether it is still in force must never come from a cache.
        http.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        http.Response.Headers[HeaderNames.Vary] = "Accept-Language";
        var wanted = lang ?? http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).FirstOrDefault()?.Value.Value ?? "en";
        return Results.Text(AlertPage.Render(alert, thread, wanted, store.Clock.GetUtcNow(), placeTime.ZoneOf(alert)), "text/html; charset=utf-8");
    }

    internal static IResult Style(HttpContext http)
    {
        http.Response.Headers[HeaderNames.CacheControl] = "public, max-age=3600";
        return Results.Bytes(Css.Value, "text/css; charset=utf-8");
    }
}
