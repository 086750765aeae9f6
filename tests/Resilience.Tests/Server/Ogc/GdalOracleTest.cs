using System.Globalization;
using System.Text.Json;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Server.Ogc;

/// <summary>The collections as GDAL's OAPIF driver reads them, which is what QGIS connects with.</summary>
public sealed class GdalOracleTest(OgcSiteFixture fixture) : IClassFixture<OgcSiteFixture>
{
    [Fact]
    public void GDAL_lists_the_collections()
    {
        var site = fixture.Site;
        var listed = Gdal.Run("ogrinfo", "-ro", "-q", $"OAPIF:{site.Address}ogc");
        Assert.Equal(["alerts", "exposure-roads", "exposure-sites", "hazards", "report-density", "risk-zones", "satellite-extents", "stations"], listed.Split('\n').Where(line => line.Contains(": ", StringComparison.Ordinal))
            .Select(line => line.Split(": ")[1].Split(' ')[0].Trim()).Order());
    }

    [Fact]
    public void GDAL_reads_every_feature_over_several_pages_with_its_place_and_its_properties()
    {
        var site = fixture.Site;
        var features = Read(site, "risk-zones", "-oo", "PAGE_SIZE=3");
        Assert.Equal(Enumerable.Range(1, OgcSite.Zones).Select(number => $"z{number}"), features.Select(feature => feature.GetProperty("properties").GetProperty("id").GetString()));
        foreach (var (feature, number) in features.Select((feature, index) => (feature, index + 1)))
        {
            var (west, south) = OgcSite.Corner(number);
            var ring = feature.GetProperty("geometry").GetProperty("coordinates")[0];
            Assert.Equal((west, south), (ring[0][0].GetDouble(), ring[0][1].GetDouble()));
            Assert.Equal(number * 1000, feature.GetProperty("properties").GetProperty("people").GetInt32());
        }
    }

    [Theory]
    [InlineData(82.2, 20.2, 83.8, 20.8)]
    [InlineData(0, 0, 10, 10)]
    [InlineData(79, 19, 81.5, 22)]
    public async Task GDAL_and_we_agree_on_what_touches_a_box(double west, double south, double east, double north)
    {
        var site = fixture.Site;
        string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
        var theirs = Read(site, "risk-zones", "-spat", Text(west), Text(south), Text(east), Text(north)).Select(feature => feature.GetProperty("properties").GetProperty("id").GetString()!);
        Assert.Equal(await site.IdsAsync(string.Create(CultureInfo.InvariantCulture, $"risk-zones/items?bbox={west},{south},{east},{north}")), theirs);
    }

    [Fact]
    public void GDAL_reads_texts_lists_and_features_without_a_place()
    {
        var site = fixture.Site;
        var features = Read(site, "stations");
        Assert.Equal(3, features.Count);
        Assert.Equal("Über dem Fluß", features[0].GetProperty("properties").GetProperty("name").GetString());
        Assert.Equal(["Stuck", "Gap"], features[0].GetProperty("properties").GetProperty("quality").EnumerateArray().Select(flag => flag.GetString()));
        Assert.Equal(JsonValueKind.Null, features[2].GetProperty("geometry").ValueKind);
    }

    private static List<JsonElement> Read(OgcSite site, string collection, params string[] options)
    {
        var output = Path.Combine(Path.GetTempPath(), $"resilience-ogr-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}.json");
        try
        {
            Gdal.Run("ogr2ogr", ["-f", "GeoJSON", "-lco", "RFC7946=NO", .. options, output, $"OAPIF:{site.Address}ogc", collection]);
            using var json = JsonDocument.Parse(File.ReadAllText(output));
            return [.. json.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.Clone())];
        }
        finally
        {
            File.Delete(output);
        }
    }
}
