using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Storage;
using Resilience.Warnings;

namespace Resilience.Tests.Server;

/// <summary>The map of another moment over HTTP.</summary>
public sealed class ShowMomentTest
{
    [Fact]
    public async Task The_map_of_a_moment_has_every_public_layer_and_no_other()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var past = await server.Client.GetFromJsonAsync<JsonElement>("/map/at?time=2026-01-01T00:00:00Z");
        Assert.False(past.GetProperty("ahead").GetBoolean());
        Assert.Equal(
            ["hazards.assessments", "hazards.forecasts", "observations.extents", "observations.feeds", "observations.stations", "reports.density", "risk.zones", "warnings.alerts"],
            past.GetProperty("layers").EnumerateObject().Select(layer => layer.Name).Order());
        Assert.All(past.GetProperty("layers").EnumerateObject(), layer => Assert.Equal("FeatureCollection", layer.Value.GetProperty("type").GetString()));
        var ahead = await server.Client.GetFromJsonAsync<JsonElement>($"/map/at?time={TimeProvider.System.GetUtcNow().AddHours(3):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.True(ahead.GetProperty("ahead").GetBoolean());
    }

    [Fact]
    public async Task An_alert_stands_on_the_map_of_the_moments_it_was_in_force_in_the_shape_the_live_map_has()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var (sent, ended) = (now.AddHours(-6), now.AddHours(-2));
        await using (var step = await server.App.Services.GetRequiredService<Store>().BeginAsync<WarningsDb>(default))
        {
            step.Db.Alerts.Add(Flood(sent, ended));
            await step.CommitAsync(default);
        }

        Assert.Empty(await AlertsAsync(server, sent.AddMinutes(-1)));
        Assert.Empty(await AlertsAsync(server, ended.AddMinutes(1)));
        Assert.Empty(await AlertsAsync(server, now.AddHours(1)));
        var alert = Assert.Single(await AlertsAsync(server, sent.AddHours(1)));
        Assert.Equal(("Feature", "Polygon", "Flood", "Severe"), (
            alert.GetProperty("type").GetString(), alert.GetProperty("geometry").GetProperty("type").GetString(),
            alert.GetProperty("properties").GetProperty("event").GetString(), alert.GetProperty("properties").GetProperty("severity").GetString()));

        // Two people stand behind it; the public map names neither, then or now.
        Assert.DoesNotContain("Dechen", alert.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Karma", alert.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_moments_one_caller_asks_for_the_database_is_asked_for_one_at_a_time()
    {
        using var slow = new SlowHistory();
        await using var server = await ServerUnderTest.StartAsync(services => services.AddSingleton<IMapHistory>(slow));
        var asked = Enumerable.Range(0, 40).Select(minute => server.Client.GetAsync($"/map/at?time=2026-01-01T00:{minute:00}:00Z")).ToList();
        var refused = new List<HttpResponseMessage>();
        while (asked.Count > 9)
        {
            var first = await Task.WhenAny(asked).WaitAsync(TimeSpan.FromSeconds(30));
            asked.Remove(first);
            refused.Add(await first);
        }

        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode));
        await slow.Begun.WaitAsync(TimeSpan.FromSeconds(30));
        slow.Go();
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, slow.MostAtOnce);
    }

    [Theory]
    [InlineData("yesterday", "map.no-time")]
    [InlineData("2999-01-01T00:00:00Z", "map.too-far-ahead")]
    public async Task A_moment_nobody_knows_is_refused(string time, string code)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var answer = await server.Client.GetAsync($"/map/at?time={time}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static async Task<List<JsonElement>> AlertsAsync(ServerUnderTest server, DateTimeOffset at) =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>($"/map/at?time={at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"))
            .GetProperty("layers").GetProperty("warnings.alerts").GetProperty("features").EnumerateArray()];

    private static Alert Flood(DateTimeOffset sent, DateTimeOffset ended) => new()
    {
        Id = StableId.From("test.alert"),
        Identifier = "2.25.1",
        Sender = "test",
        Sent = sent,
        Status = CapStatus.Actual,
        MsgType = CapMsgType.Alert,
        Scope = CapScope.Public,
        Event = "Flood",
        Kind = HazardKind.RiverFlood,
        Category = CapCategory.Met,
        Urgency = CapUrgency.Immediate,
        Severity = CapSeverity.Severe,
        Certainty = CapCertainty.Observed,
        ResponseType = CapResponseType.Evacuate,
        Expires = sent.AddHours(12),
        AreaDesc = "Wangdue",
        Area = Wgs84.Factory.ToGeometry(new Envelope(89.85, 89.95, 27.45, 27.52)),
        Texts = [new AlertText("en", "FLOOD – act now", "Water rises.", "MOVE uphill now.")],
        People = 100,
        AuthorId = StableId.From("test.dechen"),
        AuthorName = "Dechen",
        ApproverId = StableId.From("test.karma"),
        ApproverName = "Karma",
        ThreadId = StableId.From("test.alert"),
        CapXml = "<alert/>",
        State = AlertState.Cancelled,
        EndedAt = ended,
        EndReason = "DangerOver",
        LayerVersion = 1,
    };

    /// <summary>A layer that answers nobody before it is told to.</summary>
    private sealed class SlowHistory : IMapHistory, IDisposable
    {
        private readonly SemaphoreSlim _go = new(0);
        private readonly TaskCompletionSource _begun = new();
        private int _atOnce;

        public string Name => "test.slow";

        public Audience Audience => Audience.Public;

        internal int MostAtOnce { get; private set; }

        internal Task Begun => _begun.Task;

        public void Dispose() => _go.Dispose();

        public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            _begun.TrySetResult();
            await _go.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _atOnce);
            return [];
        }

        internal void Go() => _go.Release(1000);
    }
}
