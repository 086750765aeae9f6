using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Resilience.Tests.Server;

namespace Resilience.Tests.Relief;

/// <summary>The real server, HTTP in and out: a citizen calls for help and a volunteer without an account takes it on.</summary>
public sealed class ReliefOverHttpTest
{
    [Fact]
    public async Task From_a_call_for_help_to_done()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var citizen = Browser(server);
        using var pema = Browser(server);
        using var sonam = Browser(server);
        const string call = """{"key":"phone-made-key-0001","kind":"NeedHelp","need":"Water","lon":89.9012,"lat":27.4934,"placeName":"Bajo","text":"On the roof","alert":null}""";
        var receipt = await PostAsync(citizen, "/dissemination/answers", call);
        Assert.Equal(receipt.GetProperty("id").GetString(), (await PostAsync(citizen, "/dissemination/answers", call)).GetProperty("id").GetString());

        Assert.Equal(HttpStatusCode.Unauthorized, (await pema.GetAsync("/relief/tasks")).StatusCode);
        Assert.Equal("volunteer", (await PostAsync(pema, "/relief/groups/join", """{"name":"Pema","group":"Desuung"}""")).GetProperty("person").GetProperty("role").GetString());
        await PostAsync(sonam, "/relief/groups/join", """{"name":"Sonam","group":"Desuung"}""");
        Assert.Equal(HttpStatusCode.Forbidden, (await pema.GetAsync("/relief/incidents")).StatusCode);

        var task = await FirstTaskAsync(pema);
        var path = $"/relief/tasks/{task.GetProperty("id").GetString()}";
        Assert.Equal(("Bring drinking water to Bajo", "water", 89.905), (task.GetProperty("title").GetString(), task.GetProperty("skill").GetString(), Math.Round(task.GetProperty("lon").GetDouble(), 6)));
        Assert.Equal("Pema", (await PostAsync(pema, $"{path}/claim", """{"key":"claim-key-1"}""")).GetProperty("claimedBy").GetString());
        Assert.Equal(89.9012, (await FirstTaskAsync(pema)).GetProperty("lon").GetDouble());

        using (var late = await sonam.PostAsync($"{path}/claim", Json("{}")))
        {
            Assert.Equal((HttpStatusCode.Conflict, "relief.already-claimed"), (late.StatusCode, (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        }

        using (var close = await sonam.PostAsync($"{path}/close", Json("""{"reason":"mine"}""")))
        {
            Assert.Equal(HttpStatusCode.Forbidden, close.StatusCode);
        }

        Assert.Equal("Done", (await PostAsync(pema, $"{path}/done", """{"key":"done-key-1","note":"Brought 40 l"}""")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/relief/groups/join", """{"name":" ","group":"x"}""", 400)]
    [InlineData("/relief/groups/join", """{"group":"x"}""", 400)]
    [InlineData("/relief/groups/join", """{"name":"a\u0000b","group":"x"}""", 400)]
    [InlineData("/relief/groups/join", """{"name":"Pema\u202ednoh","group":"x"}""", 400)]
    [InlineData("/dissemination/answers", "{}", 400)]
    [InlineData("/dissemination/answers", "nonsense", 400)]
    [InlineData("/dissemination/subscriptions", "{}", 400)]
    [InlineData("/access/sign-in", "{}", 400)]
    [InlineData("/access/sign-in", """{"name":null,"password":"x"}""", 400)]
    [InlineData("/access/setup", """{"token":"x","people":null}""", 400)]
    [InlineData("/access/setup", """{"token":"x"}""", 400)]
    public async Task Nonsense_is_refused_and_never_an_accident(string path, string body, int status)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var browser = Browser(server);
        using var answer = await browser.PostAsync(path, Json(body));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task One_address_does_not_fill_the_groups()
    {
        await using var server = await ServerUnderTest.StartAsync(settings: ("Dissemination:Limits:AtOnce", "2"));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var browser = Browser(server);
            using var answer = await browser.PostAsync("/relief/groups/join", Json("""{"name":"Pema","group":"Desuung"}"""));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Where_groups_have_codes_nobody_else_learns_where_help_is_needed()
    {
        await using var server = await ServerUnderTest.StartAsync(settings: ("Relief:GroupCodes:bridge-otter-31", "Desuung"));
        using var stranger = Browser(server);
        using (var refused = await stranger.PostAsync("/relief/groups/join", Json("""{"name":"Pema","group":"Desuung"}""")))
        {
            Assert.Equal((HttpStatusCode.Forbidden, "relief.group-code"), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/relief/tasks")).StatusCode);
        using var member = Browser(server);
        await PostAsync(member, "/relief/groups/join", """{"name":"Pema","group":" Bridge-Otter-31 "}""");
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/relief/tasks")).StatusCode);
    }

    [Fact]
    public async Task What_everybody_may_read_and_what_not()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var nowhere = "00000000-0000-0000-0000-000000000001";

        var now = await server.Client.GetFromJsonAsync<JsonElement>("/dissemination/now?lon=89.9&lat=27.48&lang=dz");
        Assert.Equal(0, now.GetProperty("alerts").GetArrayLength());
        Assert.True(now.TryGetProperty("checked", out _));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/dissemination/now?lon=500&lat=0")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/alerts/{nowhere}")).StatusCode);
        Assert.Equal("text/css", (await server.Client.GetAsync("/alerts/alert.css")).Content.Headers.ContentType!.MediaType);
        Assert.Equal(87, (await server.Client.GetFromJsonAsync<JsonElement>("/dissemination/key")).GetProperty("publicKey").GetString()!.Length);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync($"/dissemination/alerts/{nowhere}/ledger")).StatusCode);
    }

    // The link runs as soon as the call is stored, in the background.
    private static async Task<JsonElement> FirstTaskAsync(HttpClient client)
    {
        for (var i = 0; i < 1000; i++)
        {
            var tasks = await client.GetFromJsonAsync<JsonElement>("/relief/tasks?skill=water");
            if (tasks.GetArrayLength() > 0)
            {
                return tasks[0];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new TimeoutException("The call for help never became a task.");
    }

    private static HttpClient Browser(ServerUnderTest server)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Resilience", "1");
        return client;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, Json(body));
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
