using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access.FirstStart;
using Resilience.Access.People;
using Resilience.Core.Chain;
using Resilience.Tests.Server;

namespace Resilience.Tests.Warnings;

/// <summary>The real server, HTTP in, bytes out: first start, two people, one alert, its feed, its stream, its end.</summary>
public sealed class DeskOverHttpTest
{
    private const string Texts = """[{"language":"en","headline":"FLOOD – act now: Wangdue","description":"Water rises in Wangdue.","instruction":"MOVE uphill now."},{"language":"dz","headline":"","description":"","instruction":""}]""";
    private const string Area = """{"type":"Polygon","coordinates":[[[89.85,27.45],[89.95,27.45],[89.95,27.52],[89.85,27.52],[89.85,27.45]]]}""";

    [Fact]
    public async Task From_the_first_start_to_an_alert_and_its_cancel()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var dechen = Browser(server);
        using var karma = Browser(server);
        Assert.True((await dechen.GetFromJsonAsync<JsonElement>("/access/session")).GetProperty("needsSetup").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, (await dechen.GetAsync("/warnings/drafts")).StatusCode);

        var link = await server.App.Services.GetRequiredService<IssueSetupLink>().IssueAsync(CancellationToken.None);
        var session = await PostAsync(dechen, "/access/setup", $$"""{"token":"{{link!.Split('=', 2)[1]}}","people":[{"name":"Dechen","password":"correct horse battery"},{"name":"Karma","password":"staple of mountains"}]}""");
        Assert.Equal(("Dechen", "coordinator"), (session["person"]!["name"]!.GetValue<string>(), session["person"]!["role"]!.GetValue<string>()));
        await PostAsync(karma, "/access/sign-in", """{"name":"karma","password":"staple of mountains"}""");

        var draft = await PostAsync(dechen, "/warnings/drafts", "{}");
        var saved = await dechen.PutAsync($"/warnings/drafts/{draft["id"]}", Json($$"""
            {"version":{{draft["version"]}},"event":"Flood","urgency":"Immediate","severity":"Severe","certainty":"Observed","responseType":"Evacuate","onset":null,
             "expires":{{draft["expires"]!.ToJsonString()}},"areaDesc":"Wangdue","area":{{Area}},"texts":{{Texts}}}
            """));
        var edited = JsonNode.Parse(await saved.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains(edited["checks"]!.AsArray(), check => check!["code"]!.GetValue<string>() == "warnings.language-missing" && check["severity"]!.GetValue<string>() == "ask");

        var submitted = await PostAsync(dechen, $"/warnings/drafts/{draft["id"]}/submit", $$"""{"version":{{edited["version"]}}}""");
        var yes = $$"""{"contentHash":"{{submitted["contentHash"]}}","people":{{submitted["people"]}}}""";
        using (var own = await dechen.PostAsync($"/warnings/drafts/{draft["id"]}/approve", Json(yes)))
        {
            Assert.Equal((HttpStatusCode.Forbidden, "warnings.same-person"), (own.StatusCode, await CodeAsync(own)));
        }

        var alert = await PostAsync(karma, $"/warnings/drafts/{draft["id"]}/approve", yes);
        Assert.Equal(("InForce", "Actual", "Karma"), (alert["state"]!.GetValue<string>(), alert["status"]!.GetValue<string>(), alert["approver"]!.GetValue<string>()));
        await ReadAsAnybodyAsync(server, alert);

        var cancel = await PostAsync(dechen, $"/warnings/alerts/{alert["id"]}/cancel", """{"reason":"SentInError","note":""}""");
        Assert.Equal("Cancel", cancel["msgType"]!.GetValue<string>());
        Assert.Equal("Cancelled", (await server.Client.GetFromJsonAsync<JsonElement>($"/warnings/alerts/{alert["id"]}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Another_sites_page_can_do_nothing_with_a_session()
    {
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton(OperatingMode.Replay));
        using var browser = Browser(server);
        var people = (await browser.GetFromJsonAsync<JsonElement>("/access/session")).GetProperty("demoPeople");
        await PostAsync(browser, "/access/demo-sign-in", $$"""{"personId":"{{people[0].GetProperty("id").GetString()}}"}""");

        browser.DefaultRequestHeaders.Remove("X-Resilience");
        using (var bare = await browser.PostAsync("/warnings/drafts", Json("{}")))
        {
            Assert.Equal((HttpStatusCode.Forbidden, "access.header-missing"), (bare.StatusCode, await CodeAsync(bare)));
        }

        browser.DefaultRequestHeaders.Add("X-Resilience", "1");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using (var foreign = await browser.PostAsync("/warnings/drafts", Json("{}")))
        {
            Assert.Equal((HttpStatusCode.Forbidden, "access.cross-site"), (foreign.StatusCode, await CodeAsync(foreign)));
        }

        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using var origin = await browser.PostAsync("/warnings/drafts", Json("{}"));
        Assert.Equal(HttpStatusCode.Forbidden, origin.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_a_demo_person_on_a_real_server()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var browser = Browser(server);
        using var refused = await browser.PostAsync("/access/demo-sign-in", Json($$"""{"personId":"{{new DemoPeople(OperatingMode.Replay).List()[0].Id}}"}"""));
        Assert.Equal((HttpStatusCode.Forbidden, "access.no-demo"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Theory]
    [InlineData("event", "null")]
    [InlineData("areaDesc", "null")]
    [InlineData("area", "null")]
    [InlineData("texts", "null")]
    [InlineData("texts", "[null]")]
    [InlineData("texts", """[{"language":"en","headline":null,"description":"","instruction":""}]""")]
    [InlineData("severity", "3")]
    [InlineData("severity", "\"Dreadful\"")]
    public async Task A_draft_with_holes_is_refused_and_never_an_accident(string member, string value)
    {
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton(OperatingMode.Replay));
        using var browser = Browser(server);
        var people = (await browser.GetFromJsonAsync<JsonElement>("/access/session")).GetProperty("demoPeople");
        await PostAsync(browser, "/access/demo-sign-in", $$"""{"personId":"{{people[0].GetProperty("id").GetString()}}"}""");
        var draft = await PostAsync(browser, "/warnings/drafts", "{}");
        var content = JsonNode.Parse($$"""
            {"version":{{draft["version"]}},"event":"Flood","urgency":"Immediate","severity":"Severe","certainty":"Observed","responseType":"Evacuate","onset":null,
             "expires":{{draft["expires"]!.ToJsonString()}},"areaDesc":"Wangdue","area":{{Area}},"texts":{{Texts}}}
            """)!;
        content[member] = JsonNode.Parse(value);
        using var answer = await browser.PutAsync($"/warnings/drafts/{draft["id"]}", Json(content.ToJsonString()));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var returned = await browser.PostAsync($"/warnings/drafts/{draft["id"]}/return", Json("""{"reason":null}"""));
        Assert.Equal(HttpStatusCode.BadRequest, returned.StatusCode);
    }

    [Fact]
    public async Task A_refusal_for_want_of_a_session_can_be_found_in_the_logs()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var answer = await server.Client.GetAsync("/warnings/drafts");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("access.sign-in-needed", true), (problem.GetProperty("code").GetString(), problem.TryGetProperty("requestId", out _)));
    }

    [Fact]
    public async Task One_address_does_not_take_every_place_at_the_stream()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var held = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                held.Add(await ListenAsync(server));
                Assert.Equal(HttpStatusCode.OK, held[^1].StatusCode);
            }

            using (var refused = await ListenAsync(server))
            {
                Assert.Equal((HttpStatusCode.TooManyRequests, "warnings.too-many-listeners"), (refused.StatusCode, await CodeAsync(refused)));
            }
        }
        finally
        {
            held.ForEach(answer => answer.Dispose());
        }

        for (var i = 0; i < 500; i++)
        {
            using var again = await ListenAsync(server);
            if (again.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail("The places of listeners who left were never given back.");
    }

    private static Task<HttpResponseMessage> ListenAsync(ServerUnderTest server) =>
        server.Client.GetAsync("/warnings/stream", HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);

    // Everything a citizen's machine, an aggregator or a script may fetch, without an account.
    private static async Task ReadAsAnybodyAsync(ServerUnderTest server, JsonNode alert)
    {
        using var cap = await server.Client.GetAsync($"/warnings/alerts/{alert["id"]}/cap.xml");
        Assert.Equal("application/cap+xml", cap.Content.Headers.ContentType!.MediaType);
        Assert.Contains(alert["identifier"]!.GetValue<string>(), await cap.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Karma", await server.Client.GetStringAsync("/warnings/alerts"), StringComparison.Ordinal);

        using var feed = await server.Client.GetAsync("/warnings/feed.atom");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/warnings/feed.atom");
        again.Headers.IfNoneMatch.Add(feed.Headers.ETag!);
        using var unchanged = await server.Client.SendAsync(again);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (feed.StatusCode, unchanged.StatusCode));

        using var stream = new StreamReader(await server.Client.GetStreamAsync("/warnings/stream"));
        Assert.Equal("event: alert", await stream.ReadLineAsync());
        Assert.StartsWith("data: {\"id\":\"", await stream.ReadLineAsync(), StringComparison.Ordinal);
    }

    private static HttpClient Browser(ServerUnderTest server)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Resilience", "1");
        return client;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, Json(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
