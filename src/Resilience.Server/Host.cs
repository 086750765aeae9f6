using Resilience.Access;
using Resilience.Core.Geography;
using Resilience.Dissemination;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Relief;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Server.Jobs;
using Resilience.Server.LiveMap;
using Resilience.Server.Ogc;
using Resilience.Server.Operations;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;

namespace Resilience.Server;

/// <summary>How the server is started; what is null comes from configuration.</summary>
/// <param name="Urls">Where to listen.</param>
/// <param name="DataDirectory">Where to write.</param>
internal sealed record HostOptions(string? Urls, string? DataDirectory)
{
    /// <summary>Configuration from the command line or a test, stronger than files and environment.</summary>
    internal IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Services registered before and after the modules': a replay brings its clock first and its input last.</summary>
    internal Action<IServiceCollection>? Before { get; init; }

    /// <inheritdoc cref="Before"/>
    internal Action<IServiceCollection>? After { get; init; }
}

/// <summary>Puts the server together: storage, modules, chain, live map, jobs, faces.</summary>
internal static class Host
{
    /// <summary>Builds the server on a migrated database; it does not listen yet.</summary>
    internal static async Task<WebApplication> BuildAsync(HostOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = Faces.FindRoot() });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        var server = new ServerOptions(builder.Configuration);
        if (!server.Worker)
        {
            builder.Configuration["Reports:Streaming"] = "false";
            builder.Configuration["Observations:Streaming"] = "false";
        }

        builder.Listen(options.Urls);
        builder.AddLogs();

        var storage = builder.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        storage.DataDirectory = options.DataDirectory ?? storage.DataDirectory;
        if (storage.ConnectionString is { Length: > 0 } && builder.Configuration["Storage:Engine"] is null)
        {
            storage.Engine = Engine.Postgres;
        }

        options.Before?.Invoke(builder.Services);
        builder.Services.AddStorage(storage);
        builder.Services.AddSingleton(GeodataDirectory.Find(builder.Configuration["Geodata:Path"]));
        builder.Services.AddSingleton(server);
        builder.Services.AddWarningChain(builder.Configuration, server.Worker);
        builder.Services.AddJobs(storage, server.Worker);
        builder.Services.AddLiveMap(builder.Configuration);
        builder.Services.AddOperations(builder.Configuration);
        options.After?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<ChainRoutes>().WireWarningChain();
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await app.Services.GetRequiredService<MarkMode>().EnsureAsync(cancellationToken);
        if (server.Web)
        {
            app.UseOperations();
            app.UseAccess();
            app.UseLiveMap();
            app.MapAccess().MapObservations().MapHazards().MapRisk().MapWarnings().MapDissemination().MapReports().MapRelief();
            app.MapLiveMap();
            app.MapMoment().RequireRateLimiting(Limits.OneAtATime);
            app.MapOgc();
            app.MapJobs();
            app.MapFaces();
        }

        app.MapOperations();
        return app;
    }
}
