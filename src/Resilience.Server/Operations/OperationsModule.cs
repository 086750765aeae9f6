using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace Resilience.Server.Operations;

/// <summary>What every request passes through and what operators ask for, in order.</summary>
internal static class OperationsModule
{
    /// <summary>4 MiB: the largest honest request is a drawn alert area; a photo never comes as JSON.</summary>
    private const long LargestRequest = 4 * 1024 * 1024;

    /// <summary>Listens where told (<c>Urls</c>), else on loopback only: opening to the network is a decision.</summary>
    internal static void Listen(this WebApplicationBuilder builder, string? urls)
    {
        var addresses = urls ?? builder.Configuration["Urls"] ?? "http://localhost:5080";
        builder.WebHost.UseUrls(addresses);
        if (builder.Configuration["Dissemination:PublicUrl"] is null && Uri.TryCreate(addresses.Split(';')[0], UriKind.Absolute, out var own) && own is { IsLoopback: true, Port: not 0 })
        {
            builder.Configuration["Dissemination:PublicUrl"] = own.GetLeftPart(UriPartial.Authority) + "/";
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }

    internal static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictJson();
        services.AddProblems();
        services.AddLimits(configuration);
        services.AddTelemetry(configuration);
        services.AddHealth();
        services.AddSingleton<ListBacklog>();
        services.AddApiDescription();
        services.AddResponseCompression(compression =>
        {
            // No secret travels in a body together with attacker-chosen text, so BREACH has nothing to learn.
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/geo+json", "application/problem+json", "application/cap+xml", "application/atom+xml", "image/svg+xml", "application/manifest+json"];
        });
        if (configuration.GetSection("ForwardedHeaders:KnownProxies").Get<string[]>() is { Length: > 0 } proxies)
        {
            services.Configure<ForwardedHeadersOptions>(forwarded =>
            {
                forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                foreach (var proxy in proxies)
                {
                    forwarded.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
                }
            });
        }

        return services;
    }

    internal static void UseOperations(this WebApplication app)
    {
        if (app.Configuration.GetSection("ForwardedHeaders:KnownProxies").Exists())
        {
            app.UseForwardedHeaders();
        }

        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseWhen(TileLane.PassesBy, other =>
        {
            other.UseResponseCompression();
            other.UseApiDescription();
            other.UseFaces(app);
        });
        app.UseRouting();
        app.UseLimits();
        app.UseTileLane();
    }

    internal static void MapOperations(this WebApplication app)
    {
        app.MapStatus();
        app.MapHealth();
        app.MapApiDescription();
    }
}
