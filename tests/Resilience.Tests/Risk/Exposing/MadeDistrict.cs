using Resilience.Core.Geography;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk.Exposing;

/// <summary>A folder of exposure files around a made-up square of one degree. Everything in it is made up.</summary>
internal sealed class MadeDistrict : IDisposable
{
    internal const string Sites = """
        {"type":"FeatureCollection","completeFor":["BT/Gasa"],"features":[
        {"type":"Feature","properties":{"id":"h","kind":"hospital","name":"Made Hospital","capacity":40},"geometry":{"type":"Point","coordinates":[90.5,27.5]}},
        {"type":"Feature","properties":{"kind":"SCHOOL","name":"Made School"},"geometry":{"type":"Polygon","coordinates":[[[90.1,27.1],[90.2,27.1],[90.2,27.2],[90.1,27.2],[90.1,27.1]]]}}]}
        """;

    internal const string Roads = """
        {"type":"FeatureCollection","completeFor":["BT"],"features":[
        {"type":"Feature","properties":{"name":"NH1","class":"primary"},"geometry":{"type":"LineString","coordinates":[[89,27.5],[90.25,27.5],[92,27.5]]}}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("resilience-exposure").FullName;

    internal string Folder => _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static GazetteerPlace Place(string id, double longitude, double latitude, long people, string unit = "Gasa") => new(id, id, "BT", unit, longitude, latitude, people, "PPL");

    internal MadeDistrict Write(string name, string content)
    {
        File.WriteAllText(Path.Combine(_folder, name), content);
        return this;
    }

    /// <summary>People for each tenth of a degree, ten by ten cells from 90° E, 28° N.</summary>
    internal MadeDistrict WriteGrid(string name, Func<int, int, double> people, params string[] options)
    {
        var values = new double[10, 10];
        for (var row = 0; row < 10; row++)
        {
            for (var column = 0; column < 10; column++)
            {
                values[row, column] = people(row, column);
            }
        }

        var work = Directory.CreateTempSubdirectory("resilience-grid").FullName;
        File.WriteAllBytes(Path.Combine(_folder, name), Gdal.WriteTiff(work, values, [.. options.Length > 0 ? options : ["-a_srs", "EPSG:4326", "-a_ullr", "90", "28", "91", "27", "-a_nodata", "-99", "-ot", "Float32"]]));
        Directory.Delete(work, recursive: true);
        return this;
    }

    internal ExposureData Read() => ReadExposure.Folders([_folder]);

    internal Exposure With(params GazetteerPlace[] places) => new(places, Read());
}
