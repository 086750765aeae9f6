using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Observations.Feeds;
using Resilience.Server.LiveMap;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Server;

/// <summary>The live map over real connections: snapshot, deltas, gaps, audiences, and clients that stop reading.</summary>
public sealed class LiveMapTest : IAsyncLifetime
{
    private readonly DrawnLayer _zones = new("test.zones");
    private readonly DrawnLayer _posts = new("test.posts", Audience.Coordinator);
    private readonly DrawnLayer _alerts = new("test.alerts");
    private ServerUnderTest _server = null!;

    private Nudges Nudges => _server.App.Services.GetRequiredService<Nudges>();

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.StartAsync(services =>
    {
        foreach (var layer in new[] { _zones, _posts, _alerts })
        {
            services.AddSingleton<IMapLayer>(layer);
        }
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_new_client_gets_the_snapshot_and_then_only_what_changes()
    {
        _zones.Put(Nudges, "one", "a", "b");
        await using var client = await MapClient.ConnectAsync(_server.Address);
        await client.SubscribeAsync(("test.zones", 0));
        await client.UntilAsync(c => c.Features("test.zones").Count == 2);

        _zones.Put(Nudges, "two", "a");
        await client.UntilAsync(c => c.Features("test.zones")["a"] == "two");
        _zones.Remove(Nudges, "b");
        await client.UntilAsync(c => !c.Features("test.zones").ContainsKey("b"));

        Assert.Equal(0, client.Gaps);
        var last = client.Messages.Last(message => message.Layer == "test.zones").Change;
        Assert.Equal((3, 4), (last.From, last.Version));
        Assert.Equal(["b"], last.Remove);
    }

    [Fact]
    public async Task A_face_speaks_MessagePack_with_the_contracts_field_names()
    {
        _zones.Put(Nudges, "one", "a");
        await using var client = await MapClient.ConnectAsync(new HubConnectionBuilder().WithUrl(new Uri(_server.Address, "/live")).AddMessagePackProtocol());
        await client.SubscribeAsync(("test.zones", 0));
        await client.UntilAsync(c => c.Features("test.zones").ContainsKey("a"));
        await client.UntilAsync(c => c.Clock is not null || !c.Messages.IsEmpty);
    }

    [Fact]
    public async Task A_layer_for_coordinators_is_not_served_to_the_public()
    {
        _posts.Put(Nudges, "secret", "p");
        await using var client = await MapClient.ConnectAsync(_server.Address);

        Assert.Equal(["test.posts", "no.such"], await client.SubscribeAsync(("test.posts", 0), ("no.such", 0)));
        var refusal = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => client.Connection.InvokeAsync("Resync", "test.posts"));
        Assert.Contains("live.no-such-layer", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(client.Features("test.posts"));
    }

    [Fact]
    public async Task A_client_that_found_a_gap_gets_the_snapshot_again()
    {
        _zones.Put(Nudges, "one", "a");
        await using var client = await MapClient.ConnectAsync(_server.Address);
        await client.SubscribeAsync(("test.zones", 0));
        await client.UntilAsync(c => c.Features("test.zones").Count == 1);

        await client.Connection.InvokeAsync("Resync", "test.zones");
        await client.UntilAsync(c => c.Messages.Count(message => message.Change.From == 0) == 2);
        Assert.Equal(1, client.Version("test.zones"));
    }

    [Fact]
    public async Task Versions_from_another_process_are_not_trusted()
    {
        _zones.Put(Nudges, "one", "a", "b", "c");
        await using var client = await MapClient.ConnectAsync(_server.Address);
        await client.SubscribeAsync(("test.zones", 2));
        await client.UntilAsync(c => c.Version("test.zones") == 3);

        Assert.Equal(0, client.Messages.First().Change.From);
        Assert.Equal(3, client.Features("test.zones").Count);
    }

    [Fact]
    public async Task A_large_snapshot_comes_in_parts_that_only_count_when_complete()
    {
        var text = new string('x', 10_000);
        _zones.Put(Nudges, text, [.. Enumerable.Range(0, 40).Select(i => $"z{i:00}")]);
        await using var client = await MapClient.ConnectAsync(_server.Address);
        await client.SubscribeAsync(("test.zones", 0));
        await client.UntilAsync(c => c.Version("test.zones") == 40);

        var parts = client.Messages.Select(message => message.Change).ToList();
        Assert.True(parts.Count > 3);
        Assert.All(parts.SkipLast(1), part => Assert.True(part.Version < 0));
        Assert.Equal(40, client.Features("test.zones").Count);
        Assert.Equal(0, client.Gaps);
    }

    [Fact]
    public async Task The_database_is_read_once_for_all_clients()
    {
        var clients = new List<MapClient>();
        for (var i = 0; i < 10; i++)
        {
            clients.Add(await MapClient.ConnectAsync(_server.Address));
            await clients[i].SubscribeAsync(("test.zones", 0));
        }

        var before = _zones.Reads;
        _zones.Put(Nudges, "one", "a");
        foreach (var client in clients)
        {
            await client.UntilAsync(c => c.Features("test.zones").ContainsKey("a"));
            await client.DisposeAsync();
        }

        Assert.InRange(_zones.Reads - before, 1, 3);
    }

    [Fact]
    public async Task A_client_that_stops_reading_delays_nobody_else()
    {
        using var stalled = await StalledSocket.ConnectAsync(_server.Address, "test.zones");
        var clients = new List<MapClient>();
        for (var i = 0; i < 20; i++)
        {
            clients.Add(await MapClient.ConnectAsync(_server.Address));
            await clients[i].SubscribeAsync(("test.zones", 0));
        }

        // 200 changes of 100 kB are far more than all buffers between the server and the frozen computer hold.
        for (var round = 0; round < 20; round++)
        {
            _zones.Put(Nudges, $"{round} {new string('x', 100_000)}", [.. Enumerable.Range(0, 10).Select(i => $"z{i}")]);
            foreach (var client in clients)
            {
                await client.UntilAsync(c => c.Features("test.zones").GetValueOrDefault("z9")?.StartsWith($"{round} ", StringComparison.Ordinal) == true);
            }
        }

        Assert.All(clients, client => Assert.Equal(0, client.Gaps));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_web_process_shows_what_a_worker_stored_in_the_shared_database()
    {
        await using var database = await TestStore.CreateAsync(Engine.Postgres);
        var connection = database.Get<StorageOptions>().ConnectionString!;
        await using var worker = await ServerUnderTest.StartAsync(settings: [("Storage:ConnectionString", connection), ("Roles", "worker")]);
        await using var web = await ServerUnderTest.StartAsync(settings: [("Storage:ConnectionString", connection), ("Roles", "web")]);
        await using var client = await MapClient.ConnectAsync(web.Address);
        await client.SubscribeAsync(("observations.feeds", 0));

        await worker.App.Services.GetRequiredService<RegisterFeed>().UpsertAsync(
            new() { Id = "shared", Name = "Shared", Format = "uk-ea", Readings = new Uri("http://gauges.invalid/"), Credit = "c", Licence = "l" }, CancellationToken.None);
        await client.UntilAsync(c => c.Messages.Any(message => message.Change.Upsert.Any(feature => feature.ToString().Contains("shared", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_time_of_a_value_is_read_out_of_its_feature()
    {
        Assert.Equal(new DateTimeOffset(2019, 6, 20, 13, 20, 0, TimeSpan.Zero), MapMetrics.FindTime("""{"id":"a","properties":{"value":8.04,"time":"2019-06-20T13:20:00Z"}}"""u8));
        Assert.Null(MapMetrics.FindTime("""{"id":"a","properties":{"value":null,"time":null}}"""u8));
    }
}
