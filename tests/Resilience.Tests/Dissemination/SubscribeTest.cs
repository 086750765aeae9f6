using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Dissemination;
using Resilience.Dissemination.Subscribing;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Dissemination;

/// <summary>Without an account, with as little said as possible, and nobody can end another's subscription.</summary>
public sealed class SubscribeTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Only_the_cell_is_kept_and_the_secret_only_as_a_hash(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone", 89.9012345, 27.4876543);

        await using var db = reach.Test.Store.Read<DisseminationDb>();
        var row = await db.Subscriptions.SingleAsync();
        Assert.Equal((89.905, 27.485), (Math.Round(row.Longitude, 9), Math.Round(row.Latitude, 9)));
        Assert.NotEqual(Base64Url.DecodeFromChars(phone.Receipt!.Secret), row.SecretHash);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Subscribing_again_moves_the_subscription(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone");
        var moved = await reach.Test.Get<Subscribe>().HandleAsync(phone.Request() with { Lon = 90.5 }, Reach.From("198.51.100.7"), CancellationToken.None);

        Assert.Equal(phone.Receipt!.Id, moved.Id);
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        Assert.Equal(90.505, (await db.Subscriptions.SingleAsync()).Longitude, 9);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Subscribing_twice_at_once_is_one_subscription(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        using var phone = new Phone("phone", reach.Sink, 89.9, 27.4);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reach.Test.Get<Subscribe>().HandleAsync(phone.Request(), Reach.From("198.51.100.7"), CancellationToken.None)));

        Assert.Single(receipts.Select(receipt => receipt.Id).Distinct());
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        Assert.Equal(1, await db.Subscriptions.CountAsync());
    }

    [Fact]
    public async Task Only_who_holds_the_secret_ends_it_and_ending_it_twice_is_no_error()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        var hold = reach.Test.Get<HoldSubscription>();

        foreach (var wrong in new[] { "", "AAAA", "not base64!", new string('A', 200), null! })
        {
            Assert.Equal("dissemination.not-yours", (await Assert.ThrowsAsync<RefusalException>(() => hold.EndAsync(phone.Receipt!.Id, new HolderRequest(wrong), CancellationToken.None))).Code);
        }

        await hold.EndAsync(phone.Receipt!.Id, new HolderRequest(phone.Receipt.Secret), CancellationToken.None);
        await hold.EndAsync(phone.Receipt.Id, new HolderRequest(phone.Receipt.Secret), CancellationToken.None);
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        Assert.Equal(0, await db.Subscriptions.CountAsync());
    }

    [Fact]
    public async Task A_test_notice_arrives_and_is_no_alert()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        var receipt = await reach.Test.Get<HoldSubscription>().TestAsync(phone.Receipt!.Id, new HolderRequest(phone.Receipt.Secret), Reach.From("198.51.100.7"), CancellationToken.None);

        Assert.True(receipt.Accepted);
        var notice = Assert.Single(phone.Read());
        Assert.Equal("test", notice.GetProperty("kind").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, notice.GetProperty("alert").ValueKind);
    }

    [Fact]
    public async Task What_a_stranger_sends_is_judged()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        using var phone = new Phone("phone", reach.Sink, 89.9, 27.4);
        var good = phone.Request();
        var offCurve = Base64Url.DecodeFromChars(good.P256dh);
        offCurve[64] ^= 1;

        await RefusedAsync(reach, "dissemination.no-position", good with { Lon = 200 });
        await RefusedAsync(reach, "dissemination.no-position", good with { Lat = double.NaN });
        await RefusedAsync(reach, "dissemination.bad-words", good with { PlaceName = " " });
        await RefusedAsync(reach, "dissemination.bad-words", good with { PlaceName = new string('x', 201) });
        await RefusedAsync(reach, "dissemination.bad-key", good with { P256dh = Base64Url.EncodeToString(offCurve) });
        await RefusedAsync(reach, "dissemination.bad-key", good with { P256dh = new string('A', 100_000) });
        await RefusedAsync(reach, "dissemination.bad-key", good with { P256dh = null! });
        await RefusedAsync(reach, "dissemination.bad-key", good with { Auth = "AAAA" });
        await RefusedAsync(reach, "dissemination.unknown-push-service", good with { Endpoint = "http://127.0.0.1:1/phone" });
        await RefusedAsync(reach, "dissemination.unknown-push-service", good with { Endpoint = null! });
    }

    [Fact]
    public async Task One_address_cannot_subscribe_without_end_and_does_not_use_up_anothers_budget()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite, settings: ("Dissemination:Limits:AtOnce", "3"));
        for (var i = 0; i < 3; i++)
        {
            await reach.SubscribeAsync($"phone{i}");
        }

        Assert.Equal(429, (await Assert.ThrowsAsync<RefusalException>(() => reach.SubscribeAsync("phone3"))).Status);
        using var other = new Phone("other", reach.Sink, 89.9, 27.4);
        await reach.Test.Get<Subscribe>().HandleAsync(other.Request(), Reach.From("2001:db8:1:2::3"), CancellationToken.None);
        await reach.Test.Get<Subscribe>().HandleAsync(other.Request(), Reach.From("2001:db8:1:2::4"), CancellationToken.None);
        await reach.Test.Get<Subscribe>().HandleAsync(other.Request(), Reach.From("2001:db8:1:2:ffff::5"), CancellationToken.None);
        await Assert.ThrowsAsync<RefusalException>(() => reach.Test.Get<Subscribe>().HandleAsync(other.Request(), Reach.From("2001:db8:1:2::6"), CancellationToken.None));
    }

    private static async Task RefusedAsync(Reach reach, string code, SubscriptionRequest request) => Assert.Equal(
        code, (await Assert.ThrowsAsync<RefusalException>(() => reach.Test.Get<Subscribe>().HandleAsync(request, Reach.From("198.51.100.7"), CancellationToken.None))).Code);
}
