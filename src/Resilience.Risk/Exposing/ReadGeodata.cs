using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Resilience.Core.Geography;

namespace Resilience.Risk.Exposing;

/// <summary>Reads the carried places and sites; once per process.</summary>
internal static class ReadGeodata
{
    internal static Gazetteer Gazetteer(GeodataDirectory geodata)
    {
        using var file = File.OpenRead(geodata.File("gazetteer", "places.tsv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        return Core.Geography.Gazetteer.Load(reader);
    }

    internal static IReadOnlyList<ExposedSite> Sites(GeodataDirectory geodata)
    {
        using var file = File.OpenRead(geodata.File("exposure", "airports.geojson"));
        using var document = JsonDocument.Parse(file);
        return
        [
            .. document.RootElement.GetProperty("features").EnumerateArray().Select(feature =>
            {
                var properties = feature.GetProperty("properties");
                var coordinates = feature.GetProperty("geometry").GetProperty("coordinates");
                return new ExposedSite(
                    properties.GetProperty("id").GetString()!, properties.GetProperty("name").GetString()!, properties.GetProperty("kind").GetString()!,
                    coordinates[0].GetDouble(), coordinates[1].GetDouble());
            }),
        ];
    }
}
