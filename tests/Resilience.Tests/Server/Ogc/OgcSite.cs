using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Resilience.Core.Chain;

namespace Resilience.Tests.Server.Ogc;

/// <summary>The real server with known features in the public layers.</summary>
internal sealed class OgcSite : IAsyncDisposable
{
    /// <summary>Zones z1 to z8: squares of one degree beside each other from 80° E 20° N, each begun an hour after the one before, from noon.</summary>
    internal const int Zones = 8;

    private readonly ServerUnderTest _server;

    private OgcSite(ServerUnderTest server) => _server = server;

    internal HttpClient Http => _server.Client;

    internal Uri Address => _server.Address;

    internal static async Task<OgcSite> StartAsync()
    {
        var server = await ServerUnderTest.StartAsync(services =>
        {
            services.RemoveAll<IMapLayer>();
            services.AddSingleton<IMapLayer>(new Layer("risk.zones", [.. Enumerable.Range(1, Zones).Select(Zone)]));
            services.AddSingleton<IMapLayer>(new Layer("observations.stations", [
                Feature("drill:a/b", """{"type":"Point","coordinates":[179.5,-17]}""", """{"name":"Über dem Fluß","time":"2026-03-01T12:00:00Z","value":1.25,"quality":["Stuck","Gap"]}"""),
                Feature("drill:c", """{"type":"Point","coordinates":[-179.5,-17]}""", """{"name":"c","time":null,"value":null,"quality":[]}"""),
                Feature("drill:nowhere", "null", """{"name":"d","time":"2026-03-02T00:00:00Z","value":2,"quality":[]}"""),
            ]));
            services.AddSingleton<IMapLayer>(new Layer("hazards.assessments", []));
            services.AddSingleton<IMapLayer>(new Layer("risk.sites", [Feature("h", """{"type":"Point","coordinates":[80.5,20.5]}""", """{"name":"Made Hospital","kind":"Hospital"}""")]));
            services.AddSingleton<IMapLayer>(new Layer("risk.roads", [Feature("road-1", """{"type":"LineString","coordinates":[[80,20],[81,21]]}""", """{"name":"NH1"}""")]));
            services.AddSingleton<IMapLayer>(new Layer("observations.extents", [Feature("image:0", "null", "{}")]));
            services.AddSingleton<IMapLayer>(new Layer("reports.density", [Feature("12-1-1", "null", "{}")]));
            services.AddSingleton<IMapLayer>(new Layer("warnings.alerts", [
                Feature("alert", """{"type":"MultiPolygon","coordinates":[[[[10,10],[12,10],[12,12],[10,12],[10,10]],[[10.5,10.5],[10.5,11.5],[11.5,11.5],[11.5,10.5],[10.5,10.5]]]]}""", """{"onset":null,"sent":"2026-03-01T12:00:00Z","expires":"2026-03-01T18:00:00Z"}"""),
            ]));
            services.AddSingleton<IMapLayer>(new Layer("relief.incidents", [Feature("secret", "null", "{}")], Audience.Coordinator));
        }, settings: [("Limits:Burst", "10000")]);
        var site = new OgcSite(server);
        while ((await server.Client.GetAsync("/ogc/collections")).StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
        {
            await Task.Yield();
        }

        return site;
    }

    internal async Task<JsonElement> JsonAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>The ids of the features a query gives.</summary>
    internal async Task<List<string>> IdsAsync(string query) =>
        [.. (await JsonAsync($"/ogc/collections/{query}")).GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal static (double West, double South) Corner(int number) => (80 + number - 1, 20);

    private static MapFeature Zone(int number)
    {
        var (west, south) = Corner(number);
        return Feature(
            $"z{number}",
            $$"""{"type":"Polygon","coordinates":[[[{{west}},{{south}}],[{{west + 1}},{{south}}],[{{west + 1}},{{south + 1}}],[{{west}},{{south + 1}}],[{{west}},{{south}}]]]}""",
            $$"""{"id":"z{{number}}","severity":"Severe","people":{{number * 1000}},"exercise":true,"since":"2026-03-01T{{11 + number}}:00:00Z"}""");
    }

    private static MapFeature Feature(string id, string geometry, string properties) => new(
        id, 1, System.Text.Encoding.UTF8.GetBytes($$"""{"type":"Feature","id":"{{id}}","geometry":{{geometry}},"properties":{{properties}}}"""));

    private sealed class Layer(string name, IReadOnlyList<MapFeature> features, Audience audience = Audience.Public) : IMapLayer
    {
        public string Name => name;

        public Audience Audience => audience;

        public Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<MapFeature>>(version == 0 ? features : []);
    }
}
