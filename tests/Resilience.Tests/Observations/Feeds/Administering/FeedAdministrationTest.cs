using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access.FirstStart;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.LiveMap;
using Resilience.Storage;
using Resilience.Tests.Server;

namespace Resilience.Tests.Observations.Feeds.Administering;

/// <summary>A coordinator sees what a feed would bring before it is added, adds it, pauses it, removes it, and gets it back.</summary>
public sealed class FeedAdministrationTest
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_feed_is_tried_without_a_trace_then_added_paused_removed_and_brought_back()
    {
        await using var source = await FeedSource.StartAsync();
        source.Answer = context => context.Response.WriteAsync(context.Request.Path == "/stations" ? Stations : Readings(1.25));
        await using var desk = await Desk.OpenAsync();
        var request = Request(source.Address);

        var trial = await desk.SendAsync(HttpMethod.Post, "/observations/feeds/try?id=weir", request);
        Assert.Equal((1, 1, 1, 1), (trial.GetProperty("stations").GetInt32(), trial.GetProperty("datastreams").GetInt32(), trial.GetProperty("observations").GetInt32(), trial.GetProperty("new").GetInt32()));
        Assert.Equal(1, trial.GetProperty("usable").GetInt32());
        var sample = Assert.Single(trial.GetProperty("samples").EnumerateArray());
        Assert.Equal(("Test Weir", 1.25, "mASD", "Stage"), (sample.GetProperty("stationName").GetString(), sample.GetProperty("value").GetDouble(), sample.GetProperty("unit").GetString(), sample.GetProperty("property").GetString()));
        Assert.Empty(await desk.FeedIdsAsync());
        Assert.Equal(0, await desk.CountAsync(db => db.Stations.CountAsync()));
        Assert.Equal(0, await desk.CountAsync(db => db.FeedDays.CountAsync()));

        var added = await desk.SendAsync(HttpMethod.Put, "/observations/feeds/weir", request);
        Assert.False(added.GetProperty("configured").GetBoolean());
        await desk.PollAsync();
        Assert.Equal(["uk-ea:T1"], await desk.StationsOnMapAsync());
        var quality = await desk.SendAsync(HttpMethod.Get, "/observations/feeds/weir/quality");
        Assert.Equal((100, 1, 1, 0), (quality.GetProperty("score").GetInt32(), quality.GetProperty("shares").GetProperty("answered").GetInt32(), quality.GetProperty("days")[0].GetProperty("stored").GetInt32(), quality.GetProperty("repairs").GetArrayLength()));
        Assert.Equal("observations.no-feed", await desk.RefusedAsync(HttpMethod.Get, "/observations/feeds/nothing/quality", HttpStatusCode.NotFound));

        Assert.Equal("observations.feed-running", await desk.RefusedAsync(HttpMethod.Delete, "/observations/feeds/weir", HttpStatusCode.Conflict));
        await desk.SendAsync(HttpMethod.Post, "/observations/feeds/weir/pause");
        await desk.SendAsync(HttpMethod.Delete, "/observations/feeds/weir");
        Assert.Empty(await desk.FeedIdsAsync());
        Assert.Empty(await desk.StationsOnMapAsync());
        Assert.Equal(1, await desk.CountAsync(db => db.Observations.CountAsync()));

        await desk.SendAsync(HttpMethod.Put, "/observations/feeds/weir-again", request);
        Assert.Equal(["uk-ea:T1"], await desk.StationsOnMapAsync());
        var trail = await desk.AuditAsync();
        Assert.Equal(["observations.feed-set-up", "observations.feed-paused", "observations.feed-removed", "observations.feed-set-up"], trail);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong_in_words()
    {
        await using var source = await FeedSource.StartAsync();
        source.Answer = context => context.Response.WriteAsync(context.Request.Path == "/stations" ? "<html>Sign in</html>" : Readings(1.25)[..40]);
        await using var desk = await Desk.OpenAsync();
        var trial = await desk.SendAsync(HttpMethod.Post, "/observations/feeds/try", Request(source.Address));
        Assert.Equal(["html", "truncated"], trial.GetProperty("fetched").EnumerateArray().Select(one => one.GetProperty("reason").GetString()));
        Assert.Equal(0, trial.GetProperty("observations").GetInt32());
    }

    [Fact]
    public async Task A_table_is_shown_as_it_is_written_before_anybody_says_how_to_read_it()
    {
        await using var source = await FeedSource.StartAsync();
        source.Answer = context => context.Response.WriteAsync(context.Request.Path == "/page" ? "<html>Sign in</html>" : "gauge;level\n1;2,5\n");
        await using var desk = await Desk.OpenAsync();
        var sample = await desk.SendAsync(HttpMethod.Post, "/observations/feeds/sample", $$"""{"address":"{{source.Address}}/table"}""");
        Assert.Equal(("gauge;level\n1;2,5\n", true), (sample.GetProperty("text").GetString(), sample.GetProperty("whole").GetBoolean()));
        Assert.Equal("observations.feed-sample", await desk.RefusedAsync(HttpMethod.Post, "/observations/feeds/sample", HttpStatusCode.UnprocessableEntity, $$"""{"address":"{{source.Address}}/page"}"""));
        Assert.Equal("observations.feed-address", await desk.RefusedAsync(HttpMethod.Post, "/observations/feeds/sample", HttpStatusCode.BadRequest, """{"address":"http://169.254.169.254/"}"""));
    }

    [Fact]
    public async Task A_trial_of_warnings_shows_which_would_be_left_out_and_what_was_put_right()
    {
        await using var source = await FeedSource.StartAsync();
        var sent = $"{Now:yyyy-MM-dd'T'HH:mm:ss}-00:00";
        string Warning(string id, string when, string where) => CapText.Message(id, when, infos: CapText.Info("en", "Flood", "Severe", $"{Now.AddHours(6):yyyy-MM-dd'T'HH:mm:ss}-00:00", where));
        source.Answer = context => context.Response.WriteAsync(
            $"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{Warning("far", sent, CapText.Bogalusa)}</entry><entry>{Warning("near", sent[..19], "<geocode><valueName>ISO3166-2</valueName><value>BT-15</value></geocode>")}</entry><entry>{Warning("somewhere", sent, "<geocode><valueName>EMMA_ID</valueName><value>AT001</value></geocode>")}</entry></feed>");
        await using var desk = await Desk.OpenAsync();
        var request = $$"""{"name":"Warnings","format":"cap","readings":"{{source.Address}}/index","credit":"Office","licence":"free","everySeconds":60,"area":{"units":["BT"]} }""";

        var trial = await desk.SendAsync(HttpMethod.Post, "/observations/feeds/try", request);
        Assert.Equal((3, 1), (trial.GetProperty("bulletins").GetInt32(), trial.GetProperty("outside").GetInt32()));
        Assert.Equal([false, false, true], trial.GetProperty("announced").EnumerateArray().Select(one => one.GetProperty("outside").GetBoolean()));
        var repair = Assert.Single(trial.GetProperty("repairs").EnumerateArray());
        Assert.Equal(("not-as-standard", 1, $"near: time {sent[..19]} has no zone", "read as UTC"), (repair.GetProperty("kind").GetString(), repair.GetProperty("times").GetInt32(), repair.GetProperty("before").GetString(), repair.GetProperty("after").GetString()));

        var added = await desk.SendAsync(HttpMethod.Put, "/observations/feeds/office", request);
        Assert.Equal("BT", added.GetProperty("area").GetProperty("units")[0].GetString());
        await desk.PollAsync();
        Assert.Equal(1, (await desk.SendAsync(HttpMethod.Get, "/observations/feeds"))[0].GetProperty("outsideArea").GetInt32());
        Assert.Equal(2, (await desk.SendAsync(HttpMethod.Get, "/observations/bulletins?feed=office")).GetArrayLength());
        Assert.True(Assert.Single((await desk.SendAsync(HttpMethod.Get, "/observations/bulletins?feed=office&outside=true")).EnumerateArray()).GetProperty("outside").GetBoolean());
        Assert.Equal("observations.feed-area", await desk.RefusedAsync(HttpMethod.Put, "/observations/feeds/office", HttpStatusCode.BadRequest, request.Replace("\"BT\"", "\"Atlantis\"", StringComparison.Ordinal)));
        Assert.Equal("observations.feed-area", await desk.RefusedAsync(HttpMethod.Put, "/observations/feeds/office", HttpStatusCode.BadRequest, request.Replace("\"cap\"", "\"uk-ea\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_area_of_interest_may_stand_in_the_configuration()
    {
        await using var desk = await Desk.OpenAsync(
            ("Observations:Feeds:0:Id", "fixed"), ("Observations:Feeds:0:Name", "Fixed"), ("Observations:Feeds:0:Format", "cap"), ("Observations:Feeds:0:Readings", "http://127.0.0.1:9/"),
            ("Observations:Feeds:0:Credit", "Somebody"), ("Observations:Feeds:0:Licence", "OGL v3"), ("Observations:Feeds:0:Area:Box:0", "88.7"), ("Observations:Feeds:0:Area:Box:1", "26.6"), ("Observations:Feeds:0:Area:Box:2", "92.2"), ("Observations:Feeds:0:Area:Box:3", "28.4"));
        Assert.Equal([88.7, 26.6, 92.2, 28.4], (await desk.SendAsync(HttpMethod.Get, "/observations/feeds/fixed")).GetProperty("area").GetProperty("box").EnumerateArray().Select(one => one.GetDouble()));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "observations.feed-address")]
    [InlineData("gauges.example.org", "observations.feed-address")]
    public async Task An_address_that_leads_inside_is_neither_tried_nor_added(string address, string code)
    {
        await using var desk = await Desk.OpenAsync();
        Assert.Equal(code, await desk.RefusedAsync(HttpMethod.Post, "/observations/feeds/try", HttpStatusCode.BadRequest, Request(address)));
        Assert.Equal(code, await desk.RefusedAsync(HttpMethod.Put, "/observations/feeds/weir", HttpStatusCode.BadRequest, Request(address)));
    }

    [Fact]
    public async Task A_feed_of_the_configuration_is_changed_there()
    {
        await using var desk = await Desk.OpenAsync(
            ("Observations:Feeds:0:Id", "fixed"), ("Observations:Feeds:0:Name", "Fixed"), ("Observations:Feeds:0:Format", "uk-ea"), ("Observations:Feeds:0:Readings", "http://127.0.0.1:9/"),
            ("Observations:Feeds:0:Credit", "Somebody"), ("Observations:Feeds:0:Licence", "OGL v3"));
        Assert.Equal("observations.feed-configured", await desk.RefusedAsync(HttpMethod.Delete, "/observations/feeds/fixed", HttpStatusCode.Conflict));
        Assert.True((await desk.SendAsync(HttpMethod.Get, "/observations/feeds/fixed")).GetProperty("configured").GetBoolean());
    }

    [Theory]
    [InlineData("GET", "/observations/feeds/t")]
    [InlineData("POST", "/observations/feeds/try")]
    [InlineData("POST", "/observations/feeds/sample")]
    [InlineData("PUT", "/observations/feeds/t")]
    [InlineData("DELETE", "/observations/feeds/t")]
    public async Task Nobody_else_may(string method, string path)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "X-Resilience", "1" } }, Content = new StringContent(Request("http://example.org"), Encoding.UTF8, "application/json") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.SendAsync(request)).StatusCode);
    }

    private static string Request(string address) =>
        $$"""{"name":"Our weirs","format":"uk-ea","readings":"{{address}}{{(address.StartsWith("http://127", StringComparison.Ordinal) ? "/measures" : "")}}","stations":"{{(address.StartsWith("http://127", StringComparison.Ordinal) ? address + "/stations" : "")}}","credit":"Rivers Trust","licence":"OGL v3","everySeconds":60}""";

    private const string Stations = """
        {"items":[{"@id":"http://x/id/stations/T1","notation":"T1","label":"Test Weir","riverName":"River Test","lat":51.05,"long":-1.5,
        "measures":[{"@id":"http://x/id/measures/T1-level-stage-i-15_min-mASD","parameter":"level","period":900,"qualifier":"Stage","unitName":"mASD"}]}]}
        """;

    private static string Readings(double metres) => $$"""
        {"items":[{"@id":"http://x/id/measures/T1-level-stage-i-15_min-mASD","parameter":"level","parameterName":"Water Level","period":900,"qualifier":"Stage","stationReference":"T1",
        "station":"http://x/id/stations/T1","unitName":"mASD","latestReading":{"dateTime":"{{Now:yyyy-MM-dd'T'HH:mm:ss'Z'}}","value":{{metres.ToString(System.Globalization.CultureInfo.InvariantCulture)}}} }]}
        """;

    /// <summary>A coordinator at a real server whose jobs run when the test says so.</summary>
    private sealed class Desk(ServerUnderTest server, HttpClient client) : IAsyncDisposable
    {
        internal static async Task<Desk> OpenAsync(params (string Key, string Value)[] settings)
        {
            var server = await ServerUnderTest.StartAsync(settings: [("Network:AllowedPrivateHosts:0", "127.0.0.1"), .. settings]);
            var client = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { { "X-Resilience", "1" } } };
            var link = await server.App.Services.GetRequiredService<IssueSetupLink>().IssueAsync(CancellationToken.None);
            using var signedIn = await client.PostAsync("/access/setup", new StringContent(
                $$"""{"token":"{{link!.Split('=', 2)[1]}}","people":[{"name":"Dechen","password":"correct horse battery"},{"name":"Karma","password":"staple of mountains"}]}""", Encoding.UTF8, "application/json"));
            signedIn.EnsureSuccessStatusCode();
            return new Desk(server, client);
        }

        internal async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body = null)
        {
            using var response = await AskAsync(method, path, body);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {response.StatusCode} {text}");
            return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        }

        internal async Task<string?> RefusedAsync(HttpMethod method, string path, HttpStatusCode status, string? body = null)
        {
            using var response = await AskAsync(method, path, body);
            Assert.Equal(status, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
        }

        internal async Task<string[]> FeedIdsAsync() => [.. (await SendAsync(HttpMethod.Get, "/observations/feeds")).EnumerateArray().Select(feed => feed.GetProperty("id").GetString()!)];

        internal async Task PollAsync()
        {
            await server.App.Services.GetRequiredService<PollFeeds>().RunAsync(CancellationToken.None);
            await server.App.Services.GetRequiredService<PollFeeds>().WhenIdleAsync();
        }

        internal async Task<string[]> StationsOnMapAsync() => [.. (await new StationsLayer(Store).ListChangedSinceAsync(0, CancellationToken.None)).Select(feature => feature.Id)];

        internal async Task<int> CountAsync(Func<ObservationsDb, Task<int>> count)
        {
            await using var db = Store.Read<ObservationsDb>();
            return await count(db);
        }

        internal async Task<List<string>> AuditAsync()
        {
            await using var db = Store.Read<ObservationsDb>();
            return await db.Database.SqlQuery<string>($"SELECT action AS \"Value\" FROM access_audit WHERE action LIKE 'observations.%' ORDER BY sequence").ToListAsync();
        }

        private Store Store => server.App.Services.GetRequiredService<Store>();

        private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? body)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            return await client.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await server.DisposeAsync();
        }
    }
}
