using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Tests.Server;

namespace Resilience.Tests.Observations;

/// <summary>The real server answers about stations, observations and feeds as the faces expect.</summary>
public sealed class ObservationEndpointsTest
{
    [Fact]
    public async Task A_station_its_observations_and_its_feed_are_served_and_the_rest_is_for_coordinators()
    {
        await using var server = await ServerUnderTest.StartAsync(settings: ("Network:AllowedPrivateHosts:0", "127.0.0.1"));
        await server.App.Services.GetRequiredService<RegisterFeed>().UpsertAsync(ObservationsFixture.Definition(), CancellationToken.None);
        await using var db = server.App.Services.GetRequiredService<Store>().Read<ObservationsDb>();
        var feed = await db.Feeds.SingleAsync();
        var parsed = ObservationsFixture.Stages([.. Enumerable.Range(0, 5_000).Select(i => (i, i == 2_345 ? 40.0 : Math.Sin(i / 100.0)))]);
        await server.App.Services.GetRequiredService<StoreObservations>().StoreAsync(feed, parsed, CancellationToken.None);

        var station = await GetAsync(server, "/observations/stations/t:1");
        Assert.Equal(("Station t:1", 90.0, "Somebody"), (station.GetProperty("name").GetString(), station.GetProperty("lon").GetDouble(), station.GetProperty("credit").GetString()));
        Assert.Equal("Stage", station.GetProperty("datastreams")[0].GetProperty("property").GetString());

        var points = await GetAsync(server, "/observations/datastreams/t:1:stage/observations?from=2019-06-20T00:00:00Z&to=2019-06-30T00:00:00Z");
        Assert.InRange(points.GetArrayLength(), 1_000, 2_000);
        Assert.Equal(40, points.EnumerateArray().Max(point => point.GetProperty("value").GetDouble()));
        Assert.Contains("Suspect", points.EnumerateArray().MaxBy(point => point.GetProperty("value").GetDouble()).GetProperty("quality").EnumerateArray().Select(flag => flag.GetString()));

        await using (var step = await server.App.Services.GetRequiredService<Store>().BeginAsync<ObservationsDb>(default))
        {
            var since = new DateTimeOffset(2019, 6, 20, 0, 0, 0, TimeSpan.Zero);
            var figures = new NeighbourFigures("°C", since, 30, 20, 6, [new ComparedNeighbour("t:1:stage", 10, 18, 20)]);
            step.Db.NeighbourFindings.Add(new NeighbourFinding { Id = Guid.Empty, DatastreamId = "t:1:stage", StationId = "t:1", Kind = FindingKind.Apart, Since = since, FoundAt = since, Figures = figures.ToJson(), RulesVersion = "x" });
            await step.CommitAsync(default);
        }

        var finding = (await GetAsync(server, "/observations/stations/t:1/findings"))[0];
        Assert.Equal(("Apart", "Station t:1", 30.0, 20.0, JsonValueKind.Null), (finding.GetProperty("kind").GetString(), finding.GetProperty("stationName").GetString(), finding.GetProperty("value").GetDouble(), finding.GetProperty("neighbours")[0].GetProperty("adjusted").GetDouble(), finding.GetProperty("until").ValueKind));

        Assert.Equal("t", (await GetAsync(server, "/observations/feeds"))[0].GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/observations/stations/nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/observations/datastreams/nothing/observations")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/observations/quarantine")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/observations/feeds/t/quality")).StatusCode);
        using var pause = new HttpRequestMessage(HttpMethod.Post, "/observations/feeds/t/pause") { Headers = { { "X-Resilience", "1" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.SendAsync(pause)).StatusCode);
    }

    private static async Task<JsonElement> GetAsync(ServerUnderTest server, string path)
    {
        using var response = await server.Client.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
    }
}
