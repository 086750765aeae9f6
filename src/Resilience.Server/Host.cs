using Resilience.Access;
using Resilience.Core.Geography;
using Resilience.Dissemination;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Relief;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Warnings;

namespace Resilience.Server;

/// <summary>How the server is started; what the command line did not say comes from configuration.</summary>
/// <param name="Urls">Where to listen.</param>
/// <param name="DataDirectory">Where to write; null: as configured.</param>
internal sealed record HostOptions(string Urls, string? DataDirectory);

/// <summary>Puts the server together: storage, modules, chain, faces.</summary>
internal static class Host
{
    internal static async Task<WebApplication> BuildAsync(HostOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls);
        var storage = builder.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        storage.DataDirectory = options.DataDirectory ?? storage.DataDirectory;
        builder.Services.AddStorage(storage);
        builder.Services.AddSingleton(GeodataDirectory.Find(builder.Configuration["Geodata:Path"]));
        builder.Services.AddAuthorization();
        builder.Services.AddWarningChain(builder.Configuration);

        var app = builder.Build();
        app.Services.GetRequiredService<ChainRoutes>().WireWarningChain();
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        app.MapAccess().MapObservations().MapHazards().MapRisk().MapWarnings().MapDissemination().MapReports().MapRelief();
        return app;
    }
}
