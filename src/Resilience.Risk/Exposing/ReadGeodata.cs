using System.IO.Compression;
using System.Text;
using Resilience.Core.Geography;

namespace Resilience.Risk.Exposing;

/// <summary>Reads the carried places; once per process.</summary>
internal static class ReadGeodata
{
    internal static Gazetteer Gazetteer(GeodataDirectory geodata)
    {
        using var file = File.OpenRead(geodata.File("gazetteer", "places.tsv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        return Core.Geography.Gazetteer.Load(reader);
    }
}
