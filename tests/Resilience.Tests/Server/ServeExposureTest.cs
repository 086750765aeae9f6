using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Risk.Serving.Tiles;
using Resilience.Server;
using Resilience.Tests.Risk;
using Resilience.Tests.Risk.Exposing;

namespace Resilience.Tests.Server;

/// <summary>An agency's own exposure files, from its folder to the dashboard and the command that checks them first.</summary>
public sealed class ServeExposureTest
{
    [Fact]
    public async Task Coordinators_see_how_the_agencys_files_were_read_and_nobody_else_does()
    {
        using var district = new MadeDistrict().Write("hospitals.geojson", MadeDistrict.Sites).Write("shares.csv", "country,unit,source,under5\nBT,Gasa,made up,40\n");
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton(OperatingMode.Replay), settings: ("Risk:ExposurePath", district.Folder));
        using var visitor = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        visitor.DefaultRequestHeaders.Add("X-Resilience", "1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/risk/exposure")).StatusCode);
        var people = (await visitor.GetFromJsonAsync<JsonElement>("/access/session")).GetProperty("demoPeople");
        using var entered = await visitor.PostAsync("/access/demo-sign-in", new StringContent($$"""{"personId":"{{people[0].GetProperty("id").GetString()}}"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        var files = (await visitor.GetFromJsonAsync<JsonElement>("/risk/exposure")).EnumerateArray().ToDictionary(file => file.GetProperty("name").GetString()!);
        Assert.Equal(891, files["airports.geojson"].GetProperty("used").GetInt64());
        Assert.Equal("1 Hospital, 1 School", files["hospitals.geojson"].GetProperty("holds").GetString());
        Assert.Contains("percent", files["shares.csv"].GetProperty("refused")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sites_and_roads_are_tiles_that_never_change_under_their_address_and_features_for_other_programs()
    {
        using var district = new MadeDistrict().Write("sites.geojson", MadeDistrict.Sites).Write("roads.geojson", MadeDistrict.Roads)
            .Write("depots.geojson", """{"type":"FeatureCollection","restricted":true,"features":[{"type":"Feature","properties":{"kind":"Depot","name":"Made Depot"},"geometry":{"type":"Point","coordinates":[90.5,27.501]}}]}""");
        string address;
        await using (var server = await ServerUnderTest.StartAsync(settings: ("Risk:ExposurePath", district.Folder)))
        {
            var described = await server.Client.GetFromJsonAsync<JsonElement>("/risk/tiles/exposure.json");
            address = new Uri(described.GetProperty("tiles")[0].GetString()!.Replace("{z}/{x}/{y}", "9/384/215", StringComparison.Ordinal)).PathAndQuery;
            using var answer = await server.Client.GetAsync(address);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            var tile = Assert.Single(TileTest.Decode((new TileAddress(9, 384, 215), await answer.Content.ReadAsByteArrayAsync())));
            Assert.Equal(["Made Hospital", "Made School"], tile["sites"].Features.Select(feature => feature.Properties["name"].GetString()).Order());
            Assert.Equal(["NH1"], tile["roads"].Features.Select(feature => feature.Properties["name"].GetString()));
            Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync(address.Replace("/9/384/", "/14/384/", StringComparison.Ordinal))).StatusCode);

            var sites = await server.Client.GetFromJsonAsync<JsonElement>("/ogc/collections/exposure-sites/items?bbox=90.4,27.4,90.6,27.6");
            Assert.Equal(("Made Hospital", "Hospital", 40), sites.GetProperty("features").EnumerateArray().Select(site => site.GetProperty("properties"))
                .Select(site => (site.GetProperty("name").GetString(), site.GetProperty("kind").GetString(), site.GetProperty("capacity").GetInt32())).Single());
        }

        district.Write("more.geojson", MadeDistrict.Sites.Replace("\"h\"", "\"h2\"", StringComparison.Ordinal));
        await using var later = await ServerUnderTest.StartAsync(settings: ("Risk:ExposurePath", district.Folder));
        Assert.Equal(HttpStatusCode.NotFound, (await later.Client.GetAsync(address)).StatusCode);
    }

    [Fact]
    public void The_check_before_says_by_its_exit_code_whether_everything_can_be_used()
    {
        using var district = new MadeDistrict();
        Assert.Equal(1, Check(district.Folder));
        Assert.Equal(0, Check(district.Write("hospitals.geojson", MadeDistrict.Sites).Folder));
        Assert.Equal(1, Check(district.Write("broken.csv", "nothing").Folder));
        Assert.Equal(1, Check(Path.Combine(district.Folder, "not-there")));
    }

    private static int Check(string folder) => CommandLine.Build().Parse(["exposure", "check", folder]).Invoke();
}
