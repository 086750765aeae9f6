using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Observations.Coverages;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Risk;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Tests.Hazards;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk;

/// <summary>Zones, tiles, places and assessments over HTTP.</summary>
public sealed class ServeRiskTest
{
    [Fact]
    public async Task Zones_are_served_with_an_entity_tag_that_changes_with_them()
    {
        await using var site = await Site.StartAsync();
        var empty = await site.Http.GetAsync("/risk/layers/zones.geojson");
        Assert.Equal("""{"type":"FeatureCollection","features":[]}""", await empty.Content.ReadAsStringAsync());

        await Gauges.StoreAsync(site.Test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 18.2, 18.3, 18.3));
        await site.Test.SweepAsync();
        var full = await site.Http.GetAsync("/risk/layers/zones.geojson");
        Assert.NotEqual(empty.Headers.ETag, full.Headers.ETag);
        Assert.Equal("application/geo+json", full.Content.Headers.ContentType!.MediaType);
        using var json = JsonDocument.Parse(await full.Content.ReadAsStringAsync());
        var feature = json.RootElement.GetProperty("features")[0];
        var ring = feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().Select(p => new Coordinate(p[0].GetDouble(), p[1].GetDouble())).ToArray();
        Assert.True(Orientation.IsCCW(ring), "RFC 7946: outer rings go counter-clockwise.");
        Assert.Equal(ring[0], ring[^1]);
        Assert.Equal("Moderate", feature.GetProperty("properties").GetProperty("severity").GetString());

        var again = await site.SendAsync("/risk/layers/zones.geojson", request => request.Headers.IfNoneMatch.Add(full.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        var packed = await site.SendAsync("/risk/layers/zones.geojson", request => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip")));
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);

        var detail = await site.Http.GetFromJsonAsync<JsonElement>($"/risk/zones/{feature.GetProperty("id").GetString()}");
        Assert.NotEmpty(detail.GetProperty("places").EnumerateArray());
        Assert.NotEmpty(detail.GetProperty("assumptions").EnumerateArray());
        var units = detail.GetProperty("units").EnumerateArray().ToList();
        Assert.Equal(detail.GetProperty("people").GetInt64(), units.Sum(unit => unit.GetProperty("people").GetInt64()));
        Assert.Equal(detail.GetProperty("places").GetArrayLength(), units.Sum(unit => unit.GetProperty("places").GetInt32()));
        Assert.Equal(("US", "Louisiana"), (units[0].GetProperty("country").GetString(), units[0].GetProperty("unit").GetString()));
        var matrix = detail.GetProperty("matrix");
        var (row, column) = (matrix.GetProperty("row").GetInt32(), matrix.GetProperty("column").GetInt32());
        Assert.Equal(detail.GetProperty("severity").GetString(), matrix.GetProperty("cells")[row][column].GetString());
        Assert.Equal(detail.GetProperty("likelihood").GetString(), matrix.GetProperty("likelihoods")[row].GetString());
        Assert.Equal(detail.GetProperty("impact").GetString(), matrix.GetProperty("impacts")[column].GetString());
        Assert.Equal(detail.GetProperty("people").GetInt64(), detail.GetProperty("needs").GetProperty("people").GetInt64());

        var damage = detail.GetProperty("damage");
        Assert.Equal("North America", damage.GetProperty("region").GetString());
        Assert.Equal(0.09, damage.GetProperty("depthMetres").GetDouble());
        Assert.Equal(JsonValueKind.Null, detail.GetProperty("vulnerability").ValueKind);

        var assessment = await site.Http.GetFromJsonAsync<JsonElement>($"/hazards/assessments/{detail.GetProperty("assessment").GetString()}");
        Assert.Equal("river-stage", assessment.GetProperty("rule").GetProperty("name").GetString());
        Assert.NotEmpty(assessment.GetProperty("evidence").EnumerateArray());
        var station = await site.Http.GetFromJsonAsync<JsonElement>($"/hazards/stations/{Gauges.Pearl}");
        Assert.Equal(2, station.GetProperty("thresholds").GetArrayLength());
        Assert.Equal("Minor", station.GetProperty("current").GetProperty("level").GetString());
    }

    [Fact]
    public async Task A_zone_says_what_satellites_show_of_it_and_a_seen_area_who_lives_there()
    {
        await using var site = await Site.StartAsync();
        await Gauges.StoreAsync(site.Test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 18.2, 18.3, 18.3));
        await site.Test.SweepAsync();
        using var zones = JsonDocument.Parse(await site.Http.GetStringAsync("/risk/layers/zones.geojson"));
        var id = zones.RootElement.GetProperty("features")[0].GetProperty("id").GetString();
        Assert.Empty((await site.Http.GetFromJsonAsync<JsonElement>($"/risk/zones/{id}")).GetProperty("seen").EnumerateArray());

        var around = Wgs84.Factory.CreateMultiPolygon([Wgs84.Circle(new Coordinate(-89.82, 30.79), 20_000)]);
        await SeeAsync(site, around);

        var seen = Assert.Single((await site.Http.GetFromJsonAsync<JsonElement>($"/risk/zones/{id}")).GetProperty("seen").EnumerateArray());
        Assert.Equal(("Water", "Radar", "FloodExtent"), (seen.GetProperty("name").GetString(), seen.GetProperty("source").GetString(), seen.GetProperty("quantity").GetString()));
        Assert.InRange(seen.GetProperty("share").GetDouble(), 0.1, seen.GetProperty("lookedAt").GetDouble());

        var extent = await site.Http.GetFromJsonAsync<JsonElement>($"/risk/extents/{seen.GetProperty("coverage").GetString()}/0");
        Assert.Contains(extent.GetProperty("places").EnumerateArray(), place => place.GetProperty("name").GetString() == "Bogalusa");
        Assert.Equal(extent.GetProperty("people").GetInt64(), extent.GetProperty("units").EnumerateArray().Sum(unit => unit.GetProperty("people").GetInt64()));
        await Assert.ThrowsAsync<RefusalException>(() => site.Http.GetAsync($"/risk/extents/{seen.GetProperty("coverage").GetString()}/7"));
    }

    [Fact]
    public async Task A_restricted_site_counts_for_everybody_and_is_named_to_coordinators_alone()
    {
        var sites = new[]
        {
            new ExposedSite("open", "Made Hospital", SiteKinds.Hospital, -89.82, 30.79),
            new ExposedSite("closed", "Made Depot", "Depot", -89.821, 30.791) { Restricted = true },
        };
        await using var site = await Site.StartAsync(new Exposure(Geodata.Gazetteer.Places, ExposureData.None with { Sites = sites }));
        await Gauges.StoreAsync(site.Test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 18.2, 18.3, 18.3));
        await site.Test.SweepAsync();
        using var zones = JsonDocument.Parse(await site.Http.GetStringAsync("/risk/layers/zones.geojson"));
        await SeeAsync(site, Wgs84.Factory.CreateMultiPolygon([Wgs84.Circle(new Coordinate(-89.82, 30.79), 20_000)]));
        var zone = $"/risk/zones/{zones.RootElement.GetProperty("features")[0].GetProperty("id").GetString()}";
        var coverage = (await site.Http.GetFromJsonAsync<JsonElement>(zone)).GetProperty("seen")[0].GetProperty("coverage").GetString();
        foreach (var (path, list) in new[] { (zone, "siteList"), ($"/risk/extents/{coverage}/0", "sites") })
        {
            Assert.Equal(["Made Hospital"], await NamesAsync(path, list));
            Assert.Equal(["Made Hospital"], await NamesAsync(path, list, Roles.Volunteer));
            Assert.Equal(["Made Depot", "Made Hospital"], await NamesAsync(path, list, Roles.Coordinator));
        }

        Assert.Equal(2, (await site.Http.GetFromJsonAsync<JsonElement>(zone)).GetProperty("sites").GetInt32());

        async Task<IEnumerable<string?>> NamesAsync(string path, string list, string role = "")
        {
            using var answer = await site.SendAsync(path, request => request.Headers.Add("X-Role", role));
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(list).EnumerateArray().Select(one => one.GetProperty("name").GetString()).Order().ToList();
        }
    }

    [Fact]
    public async Task A_tile_of_an_edition_may_be_kept_for_good_and_its_two_representations_have_tags_of_their_own()
    {
        await using var site = await Site.StartAsync();
        var before = await TileAddressAsync(site);
        await Gauges.StoreAsync(site.Test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 18.2, 18.3, 18.3));
        await site.Test.SweepAsync();
        var tile = await TileAddressAsync(site);
        Assert.NotEqual(before, tile);

        var plain = await site.Http.GetAsync(tile);
        Assert.Equal("public, max-age=31536000, immutable", plain.Headers.CacheControl!.ToString());
        Assert.Equal("application/vnd.mapbox-vector-tile", plain.Content.Headers.ContentType!.ToString());
        Assert.False(plain.Headers.ETag!.IsWeak);
        Assert.Equal(["Accept-Encoding"], plain.Headers.Vary);
        var bytes = await plain.Content.ReadAsByteArrayAsync();
        Assert.NotEmpty(bytes);

        var packed = await site.SendAsync(tile, request => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip")));
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        await using var unpack = new System.IO.Compression.GZipStream(await packed.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await unpack.CopyToAsync(unpacked);
        Assert.Equal(bytes, unpacked.ToArray());

        foreach (var tag in new[] { plain.Headers.ETag, packed.Headers.ETag!, EntityTagHeaderValue.Any })
        {
            var again = await site.SendAsync(tile, request => request.Headers.IfNoneMatch.Add(tag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(plain.Headers.ETag, again.Headers.ETag);
            Assert.NotNull(again.Headers.CacheControl);
        }

        var other = await site.SendAsync(tile, request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var head = await site.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, tile));
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task The_minimum_needs_are_those_of_the_Sphere_Handbook_and_say_so()
    {
        await using var site = await Site.StartAsync();
        var needs = await site.Http.GetFromJsonAsync<JsonElement>("/risk/needs?people=21");
        var amounts = needs.GetProperty("items").EnumerateArray().Select(need => (need.GetProperty("amount").GetDouble(), need.GetProperty("unit").GetString())).ToList();
        Assert.Equal(
            [(315, "litres a day"), (1, "taps"), (2, "toilets"), (44_100, "kilocalories a day"), (73.5, "square metres"), (945, "square metres"), (5.25, "kilograms")], amounts);
        Assert.All(needs.GetProperty("items").EnumerateArray(), need => Assert.Contains("Sphere Handbook, 4th edition, 2018; ", need.GetProperty("source").GetString(), StringComparison.Ordinal));
        Assert.Equal(1, (await site.Http.GetFromJsonAsync<JsonElement>("/risk/needs?people=20")).GetProperty("items")[2].GetProperty("amount").GetDouble());
        await Assert.ThrowsAsync<Resilience.Core.RefusalException>(() => site.Http.GetAsync("/risk/needs?people=-1"));
    }

    [Fact]
    public async Task Basemap_tiles_and_places_are_served()
    {
        await using var site = await Site.StartAsync();
        var tile = await site.Http.GetAsync("/risk/basemap/3/5/3.mvt");
        Assert.Equal("application/vnd.mapbox-vector-tile", tile.Content.Headers.ContentType!.MediaType);
        var again = await site.SendAsync("/risk/basemap/3/5/3.mvt", request => request.Headers.IfNoneMatch.Add(tile.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        var places = await site.Http.GetFromJsonAsync<JsonElement>("/risk/places?q=Punakha&limit=3");
        Assert.Equal("Punākha", places[0].GetProperty("name").GetString());
        Assert.Equal("BT", places[0].GetProperty("country").GetString());
        Assert.Empty((await site.Http.GetFromJsonAsync<JsonElement>("/risk/places")).EnumerateArray());
    }

    /// <summary>A radar picture that shows water there.</summary>
    private static async Task SeeAsync(Site site, MultiPolygon water)
    {
        var mapping = new CoverageMapping { Classes = [new() { Name = "Water", Values = [1] }] };
        await site.Test.Get<RegisterFeed>().UpsertAsync(new FeedDefinition { Id = "radar", Name = "Radar", Format = "geotiff", Readings = new Uri("https://example.org/flood.tif"), Credit = "Nobody", Licence = "made up", Zone = "UTC", Coverage = mapping }, default);
        await using var step = await site.Test.Store.BeginAsync<ObservationsDb>(default);
        var parsed = new ParsedPayload { Sha256 = "00" };
        parsed.Coverages.Add(new ParsedCoverage(TestStore.Begin, mapping, 10, 10, "EPSG:4326", 0.9, water.Envelope, [new ParsedExtent(water, 1256, 1)]));
        await StoreCoverages.StoreAsync(step, await step.Db.Feeds.SingleAsync(feed => feed.Id == "radar"), parsed, default);
        await step.CommitAsync(default);
    }

    private static async Task<string> TileAddressAsync(Site site)
    {
        var described = await site.Http.GetFromJsonAsync<JsonElement>("/risk/tiles/zones.json");
        Assert.Equal("3.0.0", described.GetProperty("tilejson").GetString());
        return described.GetProperty("tiles")[0].GetString()!.Replace("{z}/{x}/{y}", "6/16/26", StringComparison.Ordinal);
    }

    private sealed class Site(WebApplication app, TestStore test) : IAsyncDisposable
    {
        public HttpClient Http { get; } = app.GetTestClient();

        public TestStore Test => test;

        public static async Task<Site> StartAsync(Exposure? exposure = null)
        {
            var test = await Gauges.CreateAsync(Engine.Sqlite, withRisk: true, exposure);
            await Gauges.AddPearlAsync(test);
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseTestServer();
            builder.Services.AddSingleton<TimeProvider>(test.Clock).AddStorage(test.Get<StorageOptions>());
            builder.Services.AddSingleton(test.Get<GeodataDirectory>());
            builder.Services.AddObservations(builder.Configuration).AddHazards(builder.Configuration).AddRisk(builder.Configuration);
            builder.Services.Replace(ServiceDescriptor.Singleton(test.Get<Nudges>()));
            Geodata.Share(builder.Services, exposure);
            builder.Services.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>();
            var app = builder.Build();
            app.Use((http, next) =>
            {
                http.User = new ClaimsPrincipal(new ClaimsIdentity(http.Request.Headers["X-Role"].Select(role => new Claim(ClaimTypes.Role, role!)), "made"));
                return next(http);
            });
            app.MapHazards().MapRisk();
            await app.StartAsync();
            return new Site(app, test);
        }

        public Task<HttpResponseMessage> SendAsync(string path, Action<HttpRequestMessage> with)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            with(request);
            return Http.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await test.DisposeAsync();
        }
    }
}
