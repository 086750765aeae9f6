using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Server.Operations;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Tests.Server;

/// <summary>What every request meets: problems, headers, limits, health, faces.</summary>
public sealed class OperationsTest
{
    [Fact]
    public async Task A_tile_carries_no_policies_of_documents_but_is_never_taken_for_one_and_what_is_no_tile_carries_them()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var tile = await server.Client.GetAsync("/risk/basemap/3/5/3.mvt");
        Assert.Equal(["nosniff"], tile.Headers.GetValues("X-Content-Type-Options"));
        Assert.False(tile.Headers.Contains("Content-Security-Policy") || tile.Headers.Contains("Permissions-Policy"));
        foreach (var path in new[] { "/risk/basemap/3/99/3.mvt", "/risk/tiles/nothing", "/risk/needs?people=1" })
        {
            using var other = await server.Client.GetAsync(path);
            Assert.Equal(["nosniff"], other.Headers.GetValues("X-Content-Type-Options"));
            Assert.True(other.Headers.Contains("Content-Security-Policy"), path);
        }
    }

    [Fact]
    public async Task A_server_that_can_soon_store_nothing_is_not_ready()
    {
        await using var server = await ServerUnderTest.StartAsync(settings: ("Health:LeastFreeMegabytes", "1000000000"));
        using var ready = await server.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("disk", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_server_says_so_and_sends_citizens_to_their_page()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var status = await server.Client.GetFromJsonAsync<JsonElement>("/operations/status");
        Assert.Equal("live", status.GetProperty("mode").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("banner").ValueKind);
        Assert.Equal(1, status.GetProperty("speed").GetDouble());

        using var root = await server.Client.GetAsync("/");
        Assert.Equal("/citizen/", root.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Every_error_is_a_problem_with_a_stable_code_and_a_request_id()
    {
        await using var server = await ServerUnderTest.StartAsync(routes: app =>
        {
            app.MapGet("/test/refusal", string () => throw new RefusalException("test.reason", "Do it otherwise.", 409));
            app.MapGet("/test/failure", string () => throw new InvalidOperationException("inner secret"));
            app.MapGet("/test/guarded", () => "secret").RequireAuthorization(Roles.Coordinator);
            app.MapGet("/test/number", (int value) => value);
        });

        foreach (var (path, status, code) in new[]
        {
            ("/nowhere", 404, "server.not-found"), ("/test/refusal", 409, "test.reason"), ("/test/failure", 500, "server.failed"),
            ("/test/guarded", 401, "access.sign-in-needed"), ("/test/number?value=x", 400, "server.invalid"),
        })
        {
            using var answer = await server.Client.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = JsonDocument.Parse(text).RootElement;
            Assert.Equal(code, problem.GetProperty("code").GetString());
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
            Assert.DoesNotContain("inner secret", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_answer_but_a_tile_forbids_foreign_scripts_frames_and_guessing()
    {
        await using var server = await ServerUnderTest.StartAsync();
        foreach (var path in new[] { "/operations/status", "/nowhere", "/health/live", "/risk/basemap/99/0/0.mvt", "/risk/tiles/nothing" })
        {
            using var answer = await server.Client.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Who_asks_too_often_waits_but_never_for_an_alert()
    {
        await using var server = await ServerUnderTest.StartAsync(settings: [("Limits:Burst", "3"), ("Limits:RequestsPerSecond", "1")]);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await server.Client.GetAsync("/operations/status");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var refused = await server.Client.GetAsync("/operations/status");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("server.too-many-requests", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        using var alerts = await server.Client.GetAsync("/warnings/alerts");
        Assert.NotEqual(HttpStatusCode.TooManyRequests, alerts.StatusCode);
    }

    [Fact]
    public async Task A_tile_is_answered_before_anybody_is_asked_who_is_calling_but_not_more_often_than_anything_else()
    {
        await using var server = await ServerUnderTest.StartAsync(
            settings: [("Limits:Burst", "3"), ("Limits:RequestsPerSecond", "1")],
            routes: app => app.MapGet("/risk/tiles/guarded", () => "secret").RequireAuthorization(Roles.Coordinator));
        using (var tile = await server.Client.GetAsync("/risk/basemap/0/0/0.mvt"))
        {
            Assert.Equal(("application/vnd.mapbox-vector-tile", HttpStatusCode.OK), (tile.Content.Headers.ContentType?.MediaType, tile.StatusCode));
        }

        using (var none = await server.Client.GetAsync("/risk/basemap/99/0/0.mvt"))
        {
            Assert.Equal(("application/problem+json", HttpStatusCode.NotFound), (none.Content.Headers.ContentType?.MediaType, none.StatusCode));
        }

        using (var guarded = await server.Client.GetAsync("/risk/tiles/guarded"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, guarded.StatusCode);
        }

        // All at once, because the bucket fills by one a second.
        var many = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.Client.GetAsync("/risk/basemap/0/0/0.mvt")));
        Assert.Contains(many, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Array.ForEach(many, answer => answer.Dispose());
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:aaaa::1", "20010db800010002")]
    [InlineData("2001:db8:1:2:bbbb::2", "20010db800010002")]
    public void A_household_is_one_caller(string address, string caller) => Assert.Equal(caller, Household.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task A_stale_feed_makes_the_server_not_ready_and_is_named()
    {
        var feeds = new FeedsLayer();
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton<IMapLayer>(feeds));
        using (var ready = await server.Client.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }

        feeds.State = "Dead";
        using var notReady = await server.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Contains("River levels is dead", await notReady.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var live = await server.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Work_that_waits_too_long_between_links_makes_the_server_not_ready()
    {
        var nobody = new Topic("test.unheard");
        await using var server = await ServerUnderTest.StartAsync();
        server.App.Services.GetRequiredService<ChainRoutes>().Add(nobody, "Test.Nobody");
        var store = server.App.Services.GetRequiredService<Store>();
        await using (var step = await store.BeginAsync<AccessDb>(CancellationToken.None))
        {
            step.HandOver(nobody, "key");
            await step.CommitAsync(CancellationToken.None);
        }

        var waiting = Assert.Single(await server.App.Services.GetRequiredService<ListBacklog>().ListAsync(CancellationToken.None));
        Assert.Equal(("Test.Nobody", 1), (waiting.Link, waiting.Count));
        Assert.InRange(waiting.Oldest, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var description = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.True(description.GetProperty("paths").TryGetProperty("/operations/status", out _));
        using var page = await server.Client.GetAsync("/openapi/");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("script-src 'self' 'sha256-", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var script = await server.Client.GetAsync("/openapi/scalar.js");
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
    }

    [Fact]
    public async Task The_jobs_dashboard_is_for_coordinators()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var answer = await server.Client.GetAsync("/operations/jobs");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_process_that_only_works_serves_no_faces_but_tells_its_health()
    {
        await using var server = await ServerUnderTest.StartAsync(settings: [("Roles", "worker")]);
        using var live = await server.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var root = await server.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, root.StatusCode);
    }

    private sealed class FeedsLayer : IMapLayer
    {
        public string State { get; set; } = "Ok";

        public string Name => "test.feeds";

        public Audience Audience => Audience.Public;

        public Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MapFeature>>(
            version > 0 ? [] : [new MapFeature("f", 1, JsonSerializer.SerializeToUtf8Bytes(new { properties = new { name = "River levels", state = State } }))]);
    }
}
