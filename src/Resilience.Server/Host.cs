using Resilience.Access;
using Resilience.Core.Geography;
using Resilience.Dissemination;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Relief;
using Resilience.Reports;
using Resilience.Risk;
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
}

/// <summary>Puts the server together: storage, modules, chain, live map, jobs, faces.</summary>
internal static class Host
{
    /// <summary>Builds the server on a migrated database; it does not listen yet.</summary>
    internal static async Task<WebApplication> BuildAsync(HostOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = Faces.FindRoot() });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Listen(options.Urls);
        builder.AddLogs();

        var storage = builder.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        storage.DataDirectory = options.DataDirectory ?? storage.DataDirectory;
        builder.Services.AddStorage(storage);
        builder.Services.AddSingleton(GeodataDirectory.Find(builder.Configuration["Geodata:Path"]));
        builder.Services.AddSingleton(new ServerOptions(builder.Configuration));
        builder.Services.AddWarningChain(builder.Configuration);
        builder.Services.AddOperations(builder.Configuration);

        var app = builder.Build();
        app.Services.GetRequiredService<ChainRoutes>().WireWarningChain();
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        if (app.Services.GetRequiredService<ServerOptions>().Web)
        {
            app.UseOperations();
            app.UseAccess();
        app.MapAccess().MapObservations().MapHazards().MapRisk().MapWarnings().MapDissemination().MapReports().MapRelief();
            app.MapFaces();
        }

        app.MapOperations();
        return app;
    }
}
