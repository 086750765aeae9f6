using System.Text;
using Resilience.Server.LiveMap;

namespace Resilience.Tests.Server;

/// <summary>What waits for a client that does not read stays bounded, and no alert is lost in it.</summary>
public sealed class MailboxTest
{
    [Fact]
    public async Task Changes_of_one_feature_conflate_to_the_latest()
    {
        var (feed, layer, mailbox) = await AttachedAsync("test.zones");
        for (var i = 0; i < 1_000; i++)
        {
            layer.Put(new(), $"state {i}", "a", "b");
            await feed.ReadAsync(CancellationToken.None);
        }

        var parcel = Assert.Single(mailbox.TakeLayers());
        Assert.Equal(["a", "b"], parcel.Upsert.Select(feature => feature.Id));
        Assert.Contains("state 999", Encoding.UTF8.GetString(parcel.Upsert[0].Json.Span), StringComparison.Ordinal);
        Assert.Empty(mailbox.TakeLayers());
    }

    [Fact]
    public async Task Every_change_of_an_alert_is_kept_in_order()
    {
        var (feed, layer, mailbox) = await AttachedAsync(Mailbox.AlertLayer);
        foreach (var text in new[] { "issued", "updated", "updated again" })
        {
            layer.Put(new(), text, "alert");
            await feed.ReadAsync(CancellationToken.None);
        }

        layer.Remove(new(), "alert");
        await feed.ReadAsync(CancellationToken.None);

        var taken = new List<Parcel>();
        while (mailbox.TakeAlert() is { } parcel)
        {
            taken.Add(parcel);
        }

        Assert.Equal([(1, 2), (2, 3), (3, 4), (4, 5)], taken.Select(parcel => (parcel.From, parcel.Version)));
        Assert.Equal(["alert"], taken[^1].Remove);
    }

    [Fact]
    public async Task An_empty_layer_is_told_as_empty_and_one_that_could_not_be_read_yet_is_not_told_at_all()
    {
        var layer = new DrawnLayer("test.zones") { Broken = true };
        var (feed, mailbox) = (new LayerFeed(layer), new Mailbox());
        feed.Attach("phone", mailbox, 0);
        await Assert.ThrowsAsync<IOException>(() => feed.ReadAsync(CancellationToken.None));
        Assert.Empty(mailbox.TakeLayers());

        layer.Broken = false;
        await feed.ReadAsync(CancellationToken.None);
        var parcel = Assert.Single(mailbox.TakeLayers());
        Assert.Equal((0, 0), (parcel.From, parcel.Version));
        Assert.Empty(parcel.Upsert);
    }

    [Fact]
    public async Task Changes_between_asking_for_a_snapshot_and_sending_it_are_in_it_once()
    {
        var (feed, layer, mailbox) = await AttachedAsync("test.zones");
        mailbox.PostSnapshot(feed);
        layer.Put(new(), "late", "c");
        await feed.ReadAsync(CancellationToken.None);

        var parcel = Assert.Single(mailbox.TakeLayers());
        Assert.Equal(0, parcel.From);
        Assert.Equal(["c", "first"], parcel.Upsert.Select(feature => feature.Id));
        Assert.Empty(mailbox.TakeLayers());
    }

    [Fact]
    public async Task Who_comes_back_with_a_known_version_gets_only_what_was_missed()
    {
        var (feed, layer, _) = await AttachedAsync("test.zones");
        layer.Put(new(), "second", "b");
        layer.Remove(new(), "first");
        await feed.ReadAsync(CancellationToken.None);

        var mailbox = new Mailbox();
        feed.Attach("again", mailbox, seen: 1);

        var parcel = Assert.Single(mailbox.TakeLayers());
        Assert.Equal((1, 3), (parcel.From, parcel.Version));
        Assert.Equal(["b"], parcel.Upsert.Select(feature => feature.Id));
        Assert.Equal(["first"], parcel.Remove);
    }

    [Fact]
    public async Task Who_missed_more_than_is_remembered_gets_a_snapshot()
    {
        var (feed, _, _) = await AttachedAsync("test.zones");
        var mailbox = new Mailbox();
        feed.Attach("future", mailbox, seen: 99);

        Assert.Equal(0, Assert.Single(mailbox.TakeLayers()).From);
    }

    /// <summary>A feed with one feature, and a mailbox that already got it.</summary>
    private static async Task<(LayerFeed Feed, DrawnLayer Layer, Mailbox Mailbox)> AttachedAsync(string name)
    {
        var layer = new DrawnLayer(name);
        var feed = new LayerFeed(layer);
        layer.Put(new(), "begin", "first");
        await feed.ReadAsync(CancellationToken.None);
        var mailbox = new Mailbox();
        feed.Attach("client", mailbox, 0);
        mailbox.TakeLayers();
        mailbox.TakeAlert();
        return (feed, layer, mailbox);
    }
}
