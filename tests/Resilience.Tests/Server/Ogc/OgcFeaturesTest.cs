using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Resilience.Tests.Server.Ogc;

/// <summary>The requirements of OGC API – Features, Part 1: core, GeoJSON and OpenAPI 3.0, one by one.</summary>
public sealed class OgcFeaturesTest(OgcSiteFixture fixture) : IClassFixture<OgcSiteFixture>
{
    private const string Zones = "/ogc/collections/risk-zones";

    // The requirements of the three classes this server says it conforms to.
    private static readonly string[] Requirements =
    [
        "core/root-op", "core/root-success", "core/api-definition-op", "core/api-definition-success", "core/conformance-op", "core/conformance-success", "core/http",
        "core/query-param-unknown", "core/query-param-invalid", "core/crs84", "core/fc-md-op", "core/fc-md-success", "core/fc-md-links", "core/fc-md-items",
        "core/fc-md-items-links", "core/fc-md-extent", "core/sfc-md-op", "core/sfc-md-success", "core/fc-op", "core/fc-limit-definition", "core/fc-limit-response-1",
        "core/fc-bbox-definition", "core/fc-bbox-response", "core/fc-time-definition", "core/fc-time-response", "core/fc-response", "core/fc-links", "core/fc-rel-type",
        "core/fc-timeStamp", "core/fc-numberMatched", "core/fc-numberReturned", "core/f-op", "core/f-success", "core/f-links",
        "geojson/definition", "geojson/content",
        "oas30/oas-common", "oas30/oas-definition-1", "oas30/oas-definition-2", "oas30/oas-impl", "oas30/completeness", "oas30/exceptions-codes", "oas30/security",
    ];

    [Fact]
    public void Every_requirement_has_a_test() => Assert.Equal(Requirements.Order(), typeof(OgcFeaturesTest).GetMethods()
        .SelectMany(method => method.GetCustomAttribute<RequirementAttribute>()?.Ids ?? []).Distinct().Order());

    [Fact, Requirement("core/root-op", "core/root-success", "core/api-definition-op", "core/conformance-op", "core/fc-md-op")]
    public async Task The_landing_page_leads_to_the_description_the_conformance_and_the_collections()
    {
        var site = fixture.Site;
        var links = Links(await site.JsonAsync("/ogc"));
        foreach (var relation in new[] { "service-desc", "conformance", "data", "self" })
        {
            var (address, type) = links.Single(link => link.Key == relation).Value;
            using var answer = await site.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType!.ToString().Replace("; charset=utf-8", "", StringComparison.Ordinal).Replace("; ", ";", StringComparison.Ordinal));
        }
    }

    [Fact, Requirement("core/conformance-success")]
    public async Task The_conformance_declaration_names_core_openapi_and_geojson()
    {
        var site = fixture.Site;
        Assert.Equal(
            ["conf/core", "conf/oas30", "conf/geojson"],
            (await site.JsonAsync("/ogc/conformance")).GetProperty("conformsTo").EnumerateArray().Select(uri => uri.GetString()!.Replace("http://www.opengis.net/spec/ogcapi-features-1/1.0/", "", StringComparison.Ordinal)));
    }

    [Fact, Requirement("core/api-definition-success", "oas30/oas-definition-1", "oas30/oas-definition-2", "oas30/oas-common", "oas30/security")]
    public async Task The_description_is_valid_OpenAPI_3_0_and_asks_for_no_key()
    {
        var site = fixture.Site;
        using var answer = await site.Http.GetAsync("/ogc/api");
        Assert.Equal("application/vnd.oai.openapi+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(answer.Content.Headers.ContentType.Parameters, parameter => parameter is { Name: "version", Value: "3.0" });
        var read = OpenApiDocument.Parse(await answer.Content.ReadAsStringAsync(), "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_0, read.Diagnostic.SpecificationVersion);
        Assert.True(read.Document!.Security is null or { Count: 0 });
    }

    [Fact, Requirement("oas30/oas-impl", "oas30/completeness", "oas30/exceptions-codes")]
    public async Task Every_described_path_answers_as_described_and_names_its_errors()
    {
        var site = fixture.Site;
        var paths = (await site.JsonAsync("/ogc/api")).GetProperty("paths");
        Assert.Equal(4 + (3 * 8), paths.EnumerateObject().Count());
        foreach (var path in paths.EnumerateObject())
        {
            var id = path.Name.Split('/') switch
            {
                [_, _, "risk-zones", ..] => "z1",
                [_, _, "alerts", ..] => "alert",
                [_, _, "satellite-extents", ..] => "image:0",
                [_, _, "report-density", ..] => "12-1-1",
                [_, _, "exposure-sites", ..] => "h",
                [_, _, "exposure-roads", ..] => "road-1",
                _ => "drill:c",
            };
            if (path.Name.Contains("hazards/items/", StringComparison.Ordinal))
            {
                continue;
            }

            var responses = path.Value.GetProperty("get").GetProperty("responses");
            using var answer = await site.Http.GetAsync($"/ogc{path.Name.Replace("{featureId}", id, StringComparison.Ordinal)}");
            Assert.Equal((path.Name, HttpStatusCode.OK), (path.Name, answer.StatusCode));
            Assert.StartsWith(answer.Content.Headers.ContentType!.MediaType!, responses.GetProperty("200").GetProperty("content").EnumerateObject().Single().Name, StringComparison.Ordinal);
            Assert.True(responses.TryGetProperty("400", out _) && responses.TryGetProperty("500", out _));
            Assert.Equal(path.Name.EndsWith("{featureId}", StringComparison.Ordinal), responses.TryGetProperty("404", out _));
        }
    }

    [Fact, Requirement("core/http")]
    public async Task Methods_and_misses_are_answered_as_HTTP_says()
    {
        var site = fixture.Site;
        using var head = await site.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Zones}/items"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        foreach (var missing in new[] { "/ogc/collections/nothing", "/ogc/collections/nothing/items", $"{Zones}/items/nothing", "/ogc/nothing" })
        {
            using var answer = await site.Http.GetAsync(missing);
            Assert.Equal((missing, HttpStatusCode.NotFound), (missing, answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory, Requirement("core/query-param-unknown")]
    [InlineData("/ogc?x=1")]
    [InlineData("/ogc/conformance?x=1")]
    [InlineData("/ogc/api?x=1")]
    [InlineData("/ogc/collections?limit=1")]
    [InlineData($"{Zones}?x=1")]
    [InlineData($"{Zones}/items?severity=Extreme")]
    [InlineData($"{Zones}/items?BBOX=1,2,3,4")]
    [InlineData($"{Zones}/items/z1?bbox=1,2,3,4")]
    public async Task A_parameter_the_description_does_not_know_is_refused(string path) => await RefusedAsync(path, "ogc.unknown-parameter");

    [Theory, Requirement("core/query-param-invalid")]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=x")]
    [InlineData("limit=1.5")]
    [InlineData("bbox=1,2,3")]
    [InlineData("bbox=1,2,3,4,5")]
    [InlineData("bbox=1,2,3,x")]
    [InlineData("bbox=1,2,3,NaN")]
    [InlineData("bbox=1,4,3,2")]
    [InlineData("bbox=1,2,300,4")]
    [InlineData("bbox=")]
    [InlineData("datetime=yesterday")]
    [InlineData("datetime=2026-03-01T12:00:00")]
    [InlineData("datetime=2026-02-30T12:00:00Z")]
    [InlineData("datetime=2026-03-02T00:00:00Z/2026-03-01T00:00:00Z")]
    [InlineData("datetime=../..")]
    [InlineData("datetime=a/b/c")]
    [InlineData("datetime=")]
    [InlineData("f=html")]
    public async Task A_value_that_is_not_allowed_is_refused(string query) => await RefusedAsync($"{Zones}/items?{query}", "ogc.invalid-parameter");

    [Fact, Requirement("core/fc-md-success", "core/fc-md-links", "core/fc-md-items", "core/fc-md-items-links", "core/fc-rel-type")]
    public async Task The_collections_are_the_public_ones_and_each_leads_to_its_features()
    {
        var site = fixture.Site;
        var document = await site.JsonAsync("/ogc/collections");
        Assert.Equal(("http", "application/json"), (new Uri(Links(document)["self"].Address).Scheme, Links(document)["self"].Type));
        var collections = document.GetProperty("collections").EnumerateArray().ToList();
        Assert.Equal(["alerts", "exposure-roads", "exposure-sites", "hazards", "report-density", "risk-zones", "satellite-extents", "stations"], collections.Select(one => one.GetProperty("id").GetString()).Order());
        foreach (var collection in collections)
        {
            var (address, type) = Links(collection)["items"];
            Assert.Equal("application/geo+json", type);
            using var items = await site.Http.GetAsync(address);
            Assert.Equal("application/geo+json", items.Content.Headers.ContentType!.ToString());
        }

        Assert.DoesNotContain("secret", document.ToString(), StringComparison.Ordinal);
    }

    [Fact, Requirement("core/fc-md-extent", "core/crs84")]
    public async Task An_extent_covers_the_features_in_longitude_and_latitude_and_in_time()
    {
        var site = fixture.Site;
        var extent = (await site.JsonAsync(Zones)).GetProperty("extent");
        Assert.Equal([80, 20, 88, 21], extent.GetProperty("spatial").GetProperty("bbox")[0].EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal("http://www.opengis.net/def/crs/OGC/1.3/CRS84", extent.GetProperty("spatial").GetProperty("crs").GetString());
        var interval = extent.GetProperty("temporal").GetProperty("interval")[0];
        Assert.Equal("2026-03-01T12:00:00Z", interval[0].GetString());
        Assert.Equal(JsonValueKind.Null, interval[1].ValueKind);
        Assert.Equal("2026-03-01T18:00:00Z", (await site.JsonAsync("/ogc/collections/alerts")).GetProperty("extent").GetProperty("temporal").GetProperty("interval")[0][1].GetString());
    }

    [Fact, Requirement("core/sfc-md-op", "core/sfc-md-success")]
    public async Task A_collection_alone_says_what_it_says_among_the_others()
    {
        var site = fixture.Site;
        foreach (var collection in (await site.JsonAsync("/ogc/collections")).GetProperty("collections").EnumerateArray())
        {
            Assert.Equal(collection.ToString(), (await site.JsonAsync(Links(collection)["self"].Address)).ToString());
        }
    }

    [Fact, Requirement("core/fc-op", "core/fc-response", "geojson/definition", "geojson/content")]
    public async Task The_items_are_all_features_of_the_collection_as_GeoJSON()
    {
        var site = fixture.Site;
        using var answer = await site.Http.GetAsync($"{Zones}/items");
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("FeatureCollection", document.GetProperty("type").GetString());
        Assert.Equal(OgcSite.Zones, document.GetProperty("features").GetArrayLength());
        Assert.All(document.GetProperty("features").EnumerateArray(), feature => Assert.Equal("Feature", feature.GetProperty("type").GetString()));
        Assert.Empty(await site.IdsAsync("hazards/items"));
    }

    [Fact, Requirement("core/fc-limit-definition", "core/fc-bbox-definition", "core/fc-time-definition")]
    public async Task Limit_bbox_and_datetime_are_defined_as_the_standard_defines_them()
    {
        var site = fixture.Site;
        var document = await site.JsonAsync("/ogc/api");
        var parameters = document.GetProperty("components").GetProperty("parameters");
        foreach (var name in new[] { "limit", "bbox", "datetime" })
        {
            var parameter = parameters.GetProperty(name);
            Assert.Equal("query", parameter.GetProperty("in").GetString());
            Assert.False(parameter.GetProperty("required").GetBoolean());
            Assert.Equal("form", parameter.GetProperty("style").GetString());
            Assert.False(parameter.GetProperty("explode").GetBoolean());
            Assert.Contains($"parameters/{name}\"", document.GetProperty("paths").GetProperty("/collections/risk-zones/items").ToString(), StringComparison.Ordinal);
        }

        var limit = parameters.GetProperty("limit").GetProperty("schema");
        Assert.Equal(("integer", 1, 10_000, 100), (limit.GetProperty("type").GetString(), limit.GetProperty("minimum").GetInt32(), limit.GetProperty("maximum").GetInt32(), limit.GetProperty("default").GetInt32()));
        Assert.Equal("array", parameters.GetProperty("bbox").GetProperty("schema").GetProperty("type").GetString());
        Assert.Equal("string", parameters.GetProperty("datetime").GetProperty("schema").GetProperty("type").GetString());
    }

    [Fact, Requirement("core/fc-limit-response-1", "core/fc-links", "core/fc-numberMatched", "core/fc-numberReturned", "core/fc-timeStamp")]
    public async Task The_pages_give_each_feature_once_and_keep_what_was_asked_for()
    {
        var site = fixture.Site;
        var ids = new List<string>();
        var pages = 0;
        for (var next = $"{Zones}/items?limit=3&bbox=80,20,86.5,20.5"; next is not null; pages++)
        {
            var page = await site.JsonAsync(next);
            ids.AddRange(page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            Assert.Equal(7, page.GetProperty("numberMatched").GetInt32());
            Assert.Equal(page.GetProperty("features").GetArrayLength(), page.GetProperty("numberReturned").GetInt32());
            Assert.InRange(page.GetProperty("features").GetArrayLength(), 1, 3);
            Assert.True(page.GetProperty("timeStamp").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
            var links = Links(page);
            Assert.Equal("application/geo+json", links["self"].Type);
            Assert.EndsWith(new Uri(site.Address, next).PathAndQuery, links["self"].Address, StringComparison.Ordinal);
            next = links.TryGetValue("next", out var link) ? link.Address : null;
        }

        Assert.Equal(["z1", "z2", "z3", "z4", "z5", "z6", "z7"], ids);
        Assert.Equal(3, pages);
        Assert.Equal(OgcSite.Zones, (await site.IdsAsync("risk-zones/items?limit=1000000")).Count);
    }

    [Theory, Requirement("core/fc-bbox-response")]
    [InlineData("risk-zones/items?bbox=82.2,20.2,83.8,20.8", "z3 z4")]
    [InlineData("risk-zones/items?bbox=82.2,20.2,-500,83.8,20.8,9000", "z3 z4")]
    [InlineData("risk-zones/items?bbox=0,0,10,10", "")]
    [InlineData("stations/items?bbox=170,-20,180,0", "drill:a/b")]
    [InlineData("stations/items?bbox=170,-20,-170,0", "drill:a/b drill:c")]
    [InlineData("stations/items?bbox=-180,-90,180,90", "drill:a/b drill:c")]
    [InlineData("alerts/items?bbox=10.7,10.7,11.3,11.3", "")]
    [InlineData("alerts/items?bbox=10.2,10.2,10.3,10.3", "alert")]
    [InlineData("exposure-roads/items?bbox=80.4,20.3,80.6,20.6", "road-1")]
    [InlineData("exposure-roads/items?bbox=80.8,20.1,80.9,20.2", "")]
    [InlineData("exposure-sites/items?bbox=80.4,20.3,80.6,20.6", "h")]
    public async Task A_box_gives_the_features_that_touch_it_and_no_others(string query, string expected)
    {
        var site = fixture.Site;
        Assert.Equal(expected, string.Join(' ', await site.IdsAsync(query)));
    }

    [Theory, Requirement("core/fc-time-response")]
    [InlineData("risk-zones/items?datetime=2026-03-01T13:30:00Z", "z1 z2")]
    [InlineData("risk-zones/items?datetime=2026-03-01T14:30:00%2B01:00", "z1 z2")]
    [InlineData("risk-zones/items?datetime=../2026-03-01T12:00:00Z", "z1")]
    [InlineData("risk-zones/items?datetime=2026-03-01T11:00:00Z/2026-03-01T13:00:00.5Z", "z1 z2")]
    [InlineData("risk-zones/items?datetime=2026-02-28", "")]
    [InlineData("alerts/items?datetime=2026-03-01T18:00:00Z/..", "alert")]
    [InlineData("alerts/items?datetime=2026-03-01T18:00:01Z/", "")]
    [InlineData("stations/items?datetime=2026-03-01T12:00:00Z", "drill:a/b")]
    [InlineData("stations/items?datetime=2026-03-01/2026-03-02", "drill:a/b drill:nowhere")]
    public async Task A_time_gives_the_features_that_stand_then_and_no_others(string query, string expected)
    {
        var site = fixture.Site;
        Assert.Equal(expected, string.Join(' ', await site.IdsAsync(query)));
    }

    [Fact, Requirement("core/f-op", "core/f-success", "core/f-links")]
    public async Task A_feature_stands_under_its_id_and_leads_to_its_collection()
    {
        var site = fixture.Site;
        using var answer = await site.Http.GetAsync($"/ogc/collections/stations/items/{Uri.EscapeDataString("drill:a/b")}");
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.ToString().Replace("; charset=utf-8", "", StringComparison.Ordinal));
        var feature = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("drill:a/b", feature.GetProperty("id").GetString());
        Assert.Equal("Über dem Fluß", feature.GetProperty("properties").GetProperty("name").GetString());
        var links = Links(feature);
        Assert.Equal(feature.ToString(), (await site.JsonAsync(links["self"].Address)).ToString());
        Assert.Equal("stations", (await site.JsonAsync(links["collection"].Address)).GetProperty("id").GetString());
    }

    private async Task RefusedAsync(string path, string code)
    {
        var site = fixture.Site;
        using var answer = await site.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static Dictionary<string, (string Address, string Type)> Links(JsonElement document) => document.GetProperty("links").EnumerateArray()
        .ToDictionary(link => link.GetProperty("rel").GetString()!, link => (link.GetProperty("href").GetString()!, link.GetProperty("type").GetString()!));
}
