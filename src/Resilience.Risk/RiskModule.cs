using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Geography;
using Resilience.Hazards.Cascading;
using Resilience.Risk.Exposing;
using Resilience.Risk.Footprints;
using Resilience.Risk.Serving;
using Resilience.Risk.Serving.Basemap;
using Resilience.Risk.Serving.Zones;
using Resilience.Storage;

namespace Resilience.Risk;

/// <summary>What the host needs of this module: its services and its routes under <c>/risk</c>.</summary>
public static class RiskModule
{
    /// <summary>Registers the module. A <see cref="GeodataDirectory"/> must be registered; its files are read at first use.</summary>
    public static IServiceCollection AddRisk(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<RiskDb>()
        .AddSingleton<RiskQueries>()
        .AddSingleton(provider => ReadGeodata.Gazetteer(provider.GetRequiredService<GeodataDirectory>()))
        .AddSingleton(provider => new Exposure(
            provider.GetRequiredService<Gazetteer>().Places, ReadGeodata.Sites(provider.GetRequiredService<GeodataDirectory>())))
        .AddSingleton(provider => new DrawFootprint(provider.GetRequiredService<IReadOnlyList<Reach>>()))
        .AddSingleton(provider => new BasemapTiles(provider.GetRequiredService<GeodataDirectory>(), provider.GetRequiredService<Exposure>()))
        .AddSingleton<ZonesInMemory>()
        .AddLink<AssessRisk>()
        .AddMapLayer<ZoneLayer>()
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
}
