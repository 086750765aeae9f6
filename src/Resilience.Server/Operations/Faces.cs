using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Resilience.Core.Chain;

namespace Resilience.Server.Operations;

/// <summary>
/// The three faces as files built from <c>src/Resilience.Web</c>: <c>/coordinator/</c>, <c>/citizen/</c>, <c>/volunteer/</c>.
/// Files whose name carries their hash never change; everything else is asked for again (and answered 304).
/// </summary>
internal static partial class Faces
{
    /// <summary>Where the built faces lie: beside the program, or in the checkout it was built from.</summary>
    internal static string FindRoot()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); !Directory.Exists(beside) && directory is not null; directory = directory.Parent)
        {
            var source = Path.Combine(directory.FullName, "src", "Resilience.Server");
            if (Directory.Exists(source))
            {
                return Path.Combine(source, "wwwroot");
            }
        }

        return beside;
    }

    internal static void UseFaces(this IApplicationBuilder pipeline, WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        types.Mappings[".pmtiles"] = "application/octet-stream";
        types.Mappings[".geojson"] = "application/geo+json";
        if (app.Environment.WebRootFileProvider is NullFileProvider)
        {
            LogNoFaces(app.Logger, app.Environment.WebRootPath);
        }

        pipeline.UseDefaultFiles();
        pipeline.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = types, OnPrepareResponse = SetCaching });
    }

    internal static void MapFaces(this WebApplication app)
    {
        app.MapGet("/", (OperatingMode mode) => TypedResults.LocalRedirect(mode.IsReplay ? "~/coordinator/" : "~/citizen/")).ExcludeFromDescription();
        // Some browsers ask for it whatever the page says.
        app.MapGet("/favicon.ico", () => TypedResults.LocalRedirect("~/icons/icon-192.png")).ExcludeFromDescription();
        foreach (var face in new[] { "coordinator", "citizen", "volunteer" })
        {
            // An address inside a face (a bookmarked alert) is the face itself; what looks like a file is a file or nothing.
            app.MapFallbackToFile($"{face}/{{*path:nonfile}}", $"{face}/index.html", new StaticFileOptions { OnPrepareResponse = SetCaching });
        }
    }

    private static void SetCaching(StaticFileResponseContext context)
    {
        var hashed = context.Context.Request.Path.Value?.Contains("/assets/", StringComparison.Ordinal) ?? false;
        context.Context.Response.Headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : "no-cache";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The faces are not built: there is no {Path}. Build the server with Node.js 20 or newer at hand.")]
    private static partial void LogNoFaces(ILogger logger, string path);
}
