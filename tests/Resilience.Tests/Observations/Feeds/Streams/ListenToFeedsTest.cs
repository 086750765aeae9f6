using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Streams;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.Feeds.Streams.StreamFixture;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds.Streams;

/// <summary>What a broker was given is stored once, whoever dies in between; and when nothing can be heard, that is said.</summary>
public sealed class ListenToFeedsTest(Mosquitto broker) : IClassFixture<Mosquitto>
{
    private readonly string _topic = $"cache/a/wis2/{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}/data/core/weather/surface-based-observations/synop";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_restart_of_the_broker_in_the_middle_loses_nothing(Engine engine)
    {
        await using var own = new Mosquitto();
        await own.InitializeAsync();
        await using var test = await CreateAsync(engine, Quick);
        await test.RegisterAsync(StreamFixture.Definition(own, _topic));
        await using var listening = await test.ListenAsync();
        await test.UntilConnectedAsync();
        await own.PublishAsync(_topic, Notification(Value(1), "a/1", 1));
        await test.UntilStoredAsync(1);
        await own.StopAsync();
        await UntilAsync(async () => (await test.FeedAsync()).LostSince is not null, "the loss noticed");
        Assert.Equal(FeedState.Late, (await test.FeedAsync()).State);
        Assert.Contains("Nothing is heard since", (await test.FeedAsync()).LastError);

        await own.StartAsync();
        await own.PublishAsync(_topic, Notification(Value(2, 1), "a/2", 2)); // it may come before we are back
        await test.UntilStoredAsync(2);
        await test.UntilConnectedAsync();
        Assert.Equal((null, FeedState.Ok, null), ((await test.FeedAsync()).GapFrom, (await test.FeedAsync()).State, (await test.FeedAsync()).LastError));
    }

    [Fact]
    public async Task What_came_while_we_were_away_is_delivered_and_a_forgotten_session_is_said_to_be_a_gap()
    {
        await using var own = new Mosquitto();
        await own.InitializeAsync();
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        await test.RegisterAsync(StreamFixture.Definition(own, _topic));
        await using (await test.ListenAsync())
        {
            await test.UntilConnectedAsync();
        }

        await own.PublishAsync(_topic, Notification(Value(1), "a/1", 1));
        var listener = await test.ListenAsync();
        await test.UntilStoredAsync(1);
        Assert.Null((await test.FeedAsync()).GapFrom);

        await listener.DisposeAsync();
        await own.StopAsync(forget: true);
        test.Clock.Advance(TimeSpan.FromMinutes(5));
        await own.StartAsync();
        await using var again = await test.ListenAsync();
        await UntilAsync(async () => (await test.FeedAsync()).GapUntil is not null, "the gap noticed");
        var feed = await test.FeedAsync();
        Assert.Equal((TestStore.Begin, TestStore.Begin.AddMinutes(5)), (feed.GapFrom, feed.GapUntil));
        Assert.Contains("may be missing", feed.LastError);
    }

    [Fact]
    public async Task A_subscriber_killed_between_receiving_and_storing_gets_the_message_again()
    {
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        var feed = await test.RegisterAsync(StreamFixture.Definition(broker, _topic));
        var allowed = test.Get<Resilience.Core.Network.AllowedHosts>();
        await using (var first = await BrokerConnection.OpenAsync(feed, new ObservationsOptions(), allowed, CancellationToken.None))
        {
            await broker.PublishAsync(_topic, Notification(Value(1), "a/1", 1));
            var received = await first.Messages.ReadAsync();
            Assert.Equal(_topic, received.Topic);

            // Dies here: neither stored nor acknowledged, no farewell to the broker.
        }

        await using var listening = await test.ListenAsync();
        await test.UntilStoredAsync(1);
    }

    [Fact]
    public async Task A_message_stored_but_not_acknowledged_comes_again_and_changes_nothing()
    {
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        var feed = await test.RegisterAsync(StreamFixture.Definition(broker, _topic));
        await using (var first = await BrokerConnection.OpenAsync(feed, new ObservationsOptions(), test.Get<Resilience.Core.Network.AllowedHosts>(), CancellationToken.None))
        {
            await broker.PublishAsync(_topic, Notification(Value(1), "a/1", 1));
            var received = await first.Messages.ReadAsync();
            await test.Get<StoreMessages>().StoreAsync(feed, test.Services.GetServices<IStreamFormat>().First(), [received], null, CancellationToken.None);
        }

        await using var listening = await test.ListenAsync();
        await broker.PublishAsync(_topic, Notification(Value(2, 1), "a/2", 2));
        await test.UntilStoredAsync(2);
        Assert.Equal(2, (await test.ObservationsAsync()).Count);
        Assert.Equal(2, (await test.HandedOverAsync()).Count);
        Assert.Empty(await test.QuarantineAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_notification_from_two_brokers_is_stored_once(Engine engine)
    {
        await using var other = new Mosquitto();
        await other.InitializeAsync();
        await using var test = await CreateAsync(engine, Quick);
        await test.RegisterAsync(StreamFixture.Definition(broker, _topic, "one"));
        await test.RegisterAsync(StreamFixture.Definition(other, _topic, "two"));
        await using var listening = await test.ListenAsync();
        await test.UntilConnectedAsync("one");
        await test.UntilConnectedAsync("two");
        for (var i = 0; i < 20; i++)
        {
            var message = Notification(Value(i, i), $"a/{i}", i);
            await Task.WhenAll(broker.PublishAsync(_topic, message), other.PublishAsync(_topic, message));
        }

        await test.UntilStoredAsync(20);
        await UntilAsync(async () => await test.FeedAsync("one") is { LastGood: not null } && await test.FeedAsync("two") is { LastGood: not null }, "both heard");
        Assert.Equal(20, (await test.ObservationsAsync()).Count);
        Assert.Equal(20, (await test.NotificationsAsync()).Count);
    }

    [Fact]
    public async Task A_broker_that_is_gone_makes_the_feed_late_then_dead_never_calm()
    {
        await using var own = new Mosquitto();
        await own.InitializeAsync();
        await own.StopAsync();
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        await test.RegisterAsync(StreamFixture.Definition(own, _topic));
        await using var listening = await test.ListenAsync();
        await UntilAsync(async () => (await test.FeedAsync()).ConsecutiveFailures > 1, "several attempts");
        var feed = await test.FeedAsync();
        Assert.Equal((FeedState.Late, TestStore.Begin), (feed.State, feed.LostSince));
        Assert.Contains("cannot be reached", feed.LastError);
        test.Clock.Advance(TimeSpan.FromHours(3));
        await UntilAsync(async () => (await test.FeedAsync()).State == FeedState.Dead, "dead");
    }

    [Fact]
    public async Task A_connection_over_which_nothing_comes_is_late_all_the_same()
    {
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        await test.RegisterAsync(StreamFixture.Definition(broker, _topic));
        await using var listening = await test.ListenAsync();
        await test.UntilConnectedAsync();
        Assert.Equal(FeedState.New, (await test.FeedAsync()).State);
        test.Clock.Advance(TimeSpan.FromMinutes(45));
        await test.Get<PollFeeds>().RunAsync(CancellationToken.None);
        Assert.Equal(FeedState.Late, (await test.FeedAsync()).State);
    }

    [Fact]
    public async Task A_message_beyond_the_size_is_set_aside_and_the_next_is_read()
    {
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        await test.RegisterAsync(StreamFixture.Definition(broker, _topic));
        await using var listening = await test.ListenAsync();
        await test.UntilConnectedAsync();
        await broker.PublishAsync(_topic, Notification(Value(1), "a/1", 1, change: message => message["note"] = new string('x', 9_000)));
        await broker.PublishAsync(_topic, Notification(Value(2), "a/2", 2));
        await test.UntilStoredAsync(1);
        await test.UntilQuarantinedAsync("too-large");
        Assert.Equal(2, Assert.Single(await test.ObservationsAsync()).Result);
    }

    [Fact]
    public async Task A_broker_that_sends_an_endless_packet_is_disconnected_from_before_memory_is_taken()
    {
        await using var stream = new BoundedPackets(new MemoryStream([0x30, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3]), 1_000);
        var thrown = await Assert.ThrowsAsync<IOException>(async () => await stream.ReadAtLeastAsync(new byte[100], 1));
        Assert.Contains("268,435,455", thrown.Message);

        await using var fine = new BoundedPackets(new MemoryStream([0x30, 0x02, 0xFF, 0xFF, 0x30, 0x80, 0x01, .. new byte[128], 0xD0, 0x00]), 1_000);
        Assert.Equal(137, await fine.ReadAtLeastAsync(new byte[200], 200, throwOnEndOfStream: false));
    }

    [Fact]
    public async Task A_paused_feed_is_disconnected_and_taken_up_again_with_its_gap()
    {
        await using var test = await CreateAsync(Engine.Sqlite, Quick);
        await test.RegisterAsync(StreamFixture.Definition(broker, _topic));
        await using var listening = await test.ListenAsync();
        await test.UntilConnectedAsync();
        await SetPausedAsync(test, true);
        var feed = await test.FeedAsync();
        await UntilAsync(async () =>
        {
            // Whoever asks for the same session now finds none: the listener said farewell to it.
            await using var probe = await BrokerConnection.OpenAsync(feed, new ObservationsOptions(), test.Get<Resilience.Core.Network.AllowedHosts>(), CancellationToken.None);
            await probe.CloseAsync(forget: true);
            return !probe.SessionPresent;
        }, "disconnected");
        Assert.Equal(FeedState.Paused, (await test.FeedAsync()).State);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        await SetPausedAsync(test, false);
        await UntilAsync(async () => (await test.FeedAsync()).GapUntil == TestStore.Begin.AddMinutes(1), "connected again, with the gap said");
    }

    [Fact]
    public async Task Only_one_of_two_processes_listens()
    {
        await using var test = await CreateAsync(Engine.Postgres, Quick);
        await test.RegisterAsync(StreamFixture.Definition(broker, _topic));
        var held = await OwnFeed.TryTakeAsync(test.Store.Read<ObservationsDb>(), "t", CancellationToken.None);
        Assert.NotNull(held);
        Assert.Null(await OwnFeed.TryTakeAsync(test.Store.Read<ObservationsDb>(), "t", CancellationToken.None));
        Assert.False(await test.Get<ListenToFeed>().ListenAsync("t", CancellationToken.None, CancellationToken.None));
        await held.DisposeAsync();
        await using var free = await OwnFeed.TryTakeAsync(test.Store.Read<ObservationsDb>(), "t", CancellationToken.None);
        Assert.NotNull(free);
    }

    [Fact]
    public async Task A_wrong_password_is_said_without_the_password()
    {
        await using var own = new Mosquitto { Extra = "allow_anonymous false\n" };
        await own.InitializeAsync();
        await using var test = await CreateAsync(Engine.Sqlite, [.. Quick, ("Observations:Credentials:t:User", "everyone"), ("Observations:Credentials:t:Password", "s3cret-word")]);
        await test.RegisterAsync(StreamFixture.Definition(own, _topic));
        await using var listening = await test.ListenAsync();
        await UntilAsync(async () => (await test.FeedAsync()).LastError is not null, "the refusal told");
        var told = (await test.FeedAsync()).LastError!;
        Assert.Contains("NotAuthorized", told);
        Assert.DoesNotContain("s3cret-word", told);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused_and_one_of_a_named_authority_is_taken()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=127.0.0.1", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        var names = new System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new System.Security.Cryptography.X509Certificates.X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var folder = Directory.CreateTempSubdirectory("resilience-tls-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        await using var own = new Mosquitto { Extra = $"certfile {folder}/cert.pem\nkeyfile {folder}/key.pem\n" };
        await own.InitializeAsync();
        await using (var test = await CreateAsync(Engine.Sqlite, Quick))
        {
            await test.RegisterAsync(StreamFixture.Definition(own, _topic) with { Readings = new Uri($"mqtts://127.0.0.1:{own.Port}") });
            await using var listening = await test.ListenAsync();
            await UntilAsync(async () => (await test.FeedAsync()).LastError is not null, "the refusal told");
            Assert.Contains("certificate", (await test.FeedAsync()).LastError);
        }

        await using var trusting = await CreateAsync(Engine.Sqlite, [.. Quick, ("Observations:Credentials:t:TrustedAuthorities", Path.Combine(folder, "cert.pem"))]);
        await trusting.RegisterAsync(StreamFixture.Definition(own, _topic) with { Readings = new Uri($"mqtts://127.0.0.1:{own.Port}") });
        await using var hearing = await trusting.ListenAsync();
        await trusting.UntilConnectedAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("mqtt://everyone:everyone@broker.example.org", "cache/#", "wis2", "observations.feed-address")]
    [InlineData("mqtt://10.0.0.1", "cache/#", "wis2", "observations.feed-address")]
    [InlineData("mqtts://broker.example.org", "cache/#/x", "wis2", "observations.feed-topics")]
    [InlineData("mqtts://broker.example.org", "cache/a+/x", "wis2", "observations.feed-topics")]
    [InlineData("mqtts://broker.example.org", "", "wis2", "observations.feed-topics")]
    [InlineData("mqtts://broker.example.org", "cache/#", "usgs-iv", "observations.feed-topics")]
    [InlineData("https://broker.example.org", "cache/#", "usgs-iv", "observations.feed-topics")]
    [InlineData("wss://broker.example.org", "cache/#", "wis2", "observations.feed-address")]
    public async Task A_feed_that_cannot_work_is_refused(string address, string topic, string format, string code)
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => test.RegisterAsync(ObservationsFixture.Definition("t", format, address) with { Topics = topic.Length == 0 ? [] : [topic] }));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Pauses_grow_to_five_minutes_and_are_spread()
    {
        var pauses = Enumerable.Range(1, 30).Select(failures => ListenToFeeds.Pause(failures, TimeSpan.FromSeconds(1))).ToList();
        Assert.InRange(pauses[0].TotalSeconds, 0.5, 1);
        Assert.InRange(pauses[4].TotalSeconds, 8, 16);
        Assert.All(pauses[10..], pause => Assert.InRange(pause.TotalSeconds, 150, 300));
        Assert.True(pauses[10..].Distinct().Count() > 10);
    }

    private static async Task SetPausedAsync(TestStore test, bool paused)
    {
        await using var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None);
        var feed = step.Db.Feeds.AsTracking().Single(row => row.Id == "t");
        (feed.Paused, feed.State) = (paused, FeedState.Paused);
        await step.CommitAsync(CancellationToken.None);
    }
}
