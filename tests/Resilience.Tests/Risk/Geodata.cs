using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Risk.Serving.Basemap;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk;

/// <summary>The carried geodata, read once for all tests: it is immutable.</summary>
internal static class Geodata
{
    private static readonly Lazy<Gazetteer> Places = new(() =>
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(Repository.Path("geodata", "gazetteer", "places.tsv.gz")), CompressionMode.Decompress));
        return Gazetteer.Load(file);
    });

    private static readonly Lazy<Exposure> People = new(() => new Exposure(Places.Value.Places, ExposureData.None));

    private static readonly Lazy<BasemapTiles> Tiles = new(() => new BasemapTiles(new GeodataDirectory(Repository.Path("geodata")), People.Value));

    internal static Gazetteer Gazetteer => Places.Value;

    internal static Exposure Exposure => People.Value;

    internal static BasemapTiles Basemap => Tiles.Value;

    /// <summary>Puts the shared readings in the place of each store's own; the basemap as an instance, so that no store disposes it.</summary>
    /// <param name="services">The store's services.</param>
    /// <param name="exposure">Another exposure than that of the gazetteer alone.</param>
    internal static void Share(IServiceCollection services, Exposure? exposure = null) => services
        .Replace(ServiceDescriptor.Singleton(_ => Gazetteer))
        .Replace(ServiceDescriptor.Singleton(_ => exposure ?? Exposure))
        .Replace(ServiceDescriptor.Singleton(Basemap));
}
