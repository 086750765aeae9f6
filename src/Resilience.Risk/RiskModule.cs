using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;
using Resilience.Hazards.Cascading;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Risk.Footprints;
using Resilience.Risk.Impact;
using Resilience.Risk.Serving;
using Resilience.Risk.Serving.Basemap;
using Resilience.Risk.Serving.Exposed;
using Resilience.Risk.Serving.Zones;
using Resilience.Storage;

namespace Resilience.Risk;

/// <summary>What the host needs of this module: its services and its routes under <c>/risk</c>.</summary>
public static partial class RiskModule
{
    /// <summary>Registers the module. A <see cref="GeodataDirectory"/> must be registered; its files are read at first use.</summary>
    public static IServiceCollection AddRisk(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<RiskDb>()
        .AddSingleton<RiskQueries>()
        .AddSingleton(provider => ReadGeodata.Gazetteer(provider.GetRequiredService<GeodataDirectory>()))
        .AddSingleton(provider => ReadAll(provider, configuration))
        .AddSingleton(provider => DepthDamage.Read(provider.GetRequiredService<GeodataDirectory>()))
        .AddSingleton(provider => new DrawFootprint(provider.GetRequiredService<IReadOnlyList<Reach>>()))
        .AddSingleton(provider => new BasemapTiles(provider.GetRequiredService<GeodataDirectory>(), provider.GetRequiredService<Exposure>()))
        .AddSingleton<ExposureTiles>()
        .AddSingleton<Remembered>()
        .AddSingleton<ZonesInMemory>()
        .AddLink<AssessRisk>()
        .AddMapLayer<ZoneLayer>()
        .AddMapLayer<SiteLayer>()
        .AddMapLayer<RoadLayer>()
        .AddMapHistory<ZoneHistory>()
        .AddHostedService(provider => new WarmUp(() => provider.GetRequiredService<BasemapTiles>().Warm()));

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapRisk(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/risk").WithTags("Risk");
        ServeTiles.Map(group);
        ShowRisk.Map(group);
        return routes;
    }

    /// <summary>The carried files and those of the agency's own folder, which must be there: a mistyped path must not read as "no hospitals".</summary>
    private static Exposure ReadAll(IServiceProvider provider, IConfiguration configuration)
    {
        var folders = new List<string> { provider.GetRequiredService<GeodataDirectory>().File("exposure") };
        if (configuration["Risk:ExposurePath"] is { Length: > 0 } own)
        {
            folders.Add(Directory.Exists(own) ? own : throw new DirectoryNotFoundException($"Risk:ExposurePath names {own}, which is not there."));
        }

        var data = ReadExposure.Folders(folders);
        var logger = provider.GetRequiredService<ILogger<Exposure>>();
        foreach (var (file, refused) in data.Files.SelectMany(file => file.Refused.Select(refused => (file, refused))))
        {
            LogRefused(logger, file.Name, refused.Count, refused.Reason, refused.Where);
        }

        return new Exposure(provider.GetRequiredService<Gazetteer>().Places, data);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{File}: {Count} could not be used: {Reason} First: {Where}")]
    private static partial void LogRefused(ILogger logger, string file, int count, string reason, string where);
}
