using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Scalar.AspNetCore;

namespace Resilience.Server.Operations;

/// <summary>The API described for programs (<c>/openapi/v1.json</c>) and for people (<c>/openapi</c>).</summary>
internal static partial class ApiDescription
{
    internal static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(openApi => openApi.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Resilience";
        document.Info.Description = "From river gauge and citizen report to the warning that reaches people. Times are UTC, positions WGS 84 longitude, latitude; every error is an RFC 9457 problem with a stable code.";
        document.Servers?.Clear();
        return Task.CompletedTask;
    }));

    /// <summary>
    /// The page starts itself by one inline script. It is allowed by its hash, for this page alone; no other inline script runs anywhere.
    /// </summary>
    internal static void UseApiDescription(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.Value is "/openapi" or "/openapi/",
        page => page.Use(async (context, next) =>
        {
            var body = context.Response.Body;
            using var html = new MemoryStream();
            context.Response.Body = html;
            await next();
            context.Response.Body = body;
            var hashes = InlineScript().Matches(Encoding.UTF8.GetString(html.ToArray()))
                .Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value)))}'");
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'self'; script-src 'self' {string.Join(' ', hashes)}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
            await body.WriteAsync(html.ToArray(), context.RequestAborted);
        }));

    internal static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/openapi", scalar => scalar.WithTitle("Resilience API").DisableDefaultFonts());
    }

    [GeneratedRegex("<script type=\"module\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();
}
