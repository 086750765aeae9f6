using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Resilience.Core;
using Resilience.Dissemination;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Dissemination.Ledger;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>Whatever a push service does, the ledger tells the truth and nobody waits for another's trouble.</summary>
public sealed class SendDeliveriesTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_message_taken_is_sent_once(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        await reach.SubscribeAsync("phone");
        var alert = await reach.IssueAsync(reach.NewAlert());

        await reach.SendAsync();
        reach.RealTime.Advance(TimeSpan.FromHours(1));
        await reach.SendAsync();

        Assert.Single(reach.Sink.All);
        var ledger = await reach.Test.Get<ShowLedger>().HandleAsync(alert.Id, CancellationToken.None);
        Assert.Equal(new ChannelCount("push", Queued: 0, Sent: 1, Confirmed: 0, Failed: 0, Unknown: 0), Assert.Single(ledger.Channels));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_subscription_that_ended_is_deleted(int status)
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        reach.Sink.AnswerWith(status);
        var alert = await reach.IssueAsync(reach.NewAlert());

        await reach.SendAsync();

        Assert.Equal(DeliveryState.Failed, await reach.StateAsync(alert, phone));
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        Assert.Equal(0, await db.Subscriptions.CountAsync());
    }

    [Theory]
    [InlineData("300")]
    [InlineData("date")]
    public async Task A_service_that_asks_for_a_pause_gets_it(string retryAfter)
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        reach.Sink.AnswerWith(429, retryAfter == "date" ? TimeProvider.System.GetUtcNow().AddSeconds(301).ToString("R") : retryAfter);
        var alert = await reach.IssueAsync(reach.NewAlert());
        await reach.SendAsync();

        reach.Sink.AnswerWith(201);
        reach.RealTime.Advance(TimeSpan.FromSeconds(290));
        Assert.Equal(0, await reach.SendAsync());
        reach.RealTime.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await reach.SendAsync());
        Assert.Equal(DeliveryState.Sent, await reach.StateAsync(alert, phone));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_service_in_trouble_is_tried_until_the_alert_expires(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone");
        reach.Sink.AnswerWith(503);
        var alert = await reach.IssueAsync(reach.NewAlert());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1, await reach.SendAsync());
            reach.RealTime.Advance(SettleDelivery.LongestPause);
        }

        reach.Test.Clock.Advance(TimeSpan.FromHours(6));
        await reach.Test.Get<SendDeliveries>().RunAsync(CancellationToken.None);

        Assert.Equal(0, await reach.SendAsync());
        Assert.Equal(5, reach.Sink.All.Count);
        Assert.Equal(DeliveryState.Undelivered, await reach.StateAsync(alert, phone));
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        Assert.Equal(1, await db.Subscriptions.CountAsync());
    }

    [Fact]
    public async Task A_service_that_takes_less_is_sent_less()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        reach.Sink.Answer = (message, response) =>
        {
            response.StatusCode = message.Body.Length > 1500 ? 413 : 201;
            return Task.CompletedTask;
        };
        var alert = await reach.IssueAsync(reach.NewAlert(a => a with { Texts = [a.Texts[0] with { Description = new string('x', 2000) }] }));

        await reach.SendAsync();

        Assert.Equal(DeliveryState.Sent, await reach.StateAsync(alert, phone));
        Assert.Equal("FLOOD – act now: Wangdue", phone.Read()[^1].GetProperty("notification").GetProperty("title").GetString());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_service_that_hangs_holds_up_only_its_own(Engine engine)
    {
        await using var hanging = await PushSink.StartAsync();
        await using var reach = await Reach.OpenAsync(engine, otherServices: [hanging], settings: ("Dissemination:WebPush:PerOrigin", "2"));
        for (var i = 0; i < 5; i++)
        {
            await reach.SubscribeAsync($"hanging{i}", service: hanging);
        }

        var healthy = await reach.SubscribeAsync("healthy");
        var gate = hanging.Hold();
        var alert = await reach.IssueAsync(reach.NewAlert());
        var sending = reach.SendAsync();
        while (await reach.StateAsync(alert, healthy) != DeliveryState.Sent)
        {
            await reach.Test.Get<Nudges>().WaitAsync(SendDeliveries.QueuedNudge, TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None);
        }

        Assert.False(sending.IsCompleted);
        Assert.InRange(hanging.All.Count, 0, 2);
        gate.SetResult();
        await sending;
        Assert.All((await reach.LinesAsync(alert)).Values, line => Assert.Equal(DeliveryState.Sent, line.State));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_a_sender_left_behind_when_it_died_is_sent_again_with_the_same_topic_and_tag(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone");
        var alert = await reach.IssueAsync(reach.NewAlert());
        await DieBetweenPostAndLedgerAsync(reach, alert);

        Assert.Equal(0, await reach.SendAsync());
        reach.RealTime.Advance(ClaimDeliveries.Lease);
        Assert.Equal(1, await reach.SendAsync());

        Assert.Equal(2, phone.Read().Count);
        Assert.Single(phone.Read().Select(notice => notice.GetProperty("notification").GetProperty("tag").GetString()).Distinct());
        Assert.Single(reach.Sink.All.Select(message => message.Headers["Topic"]).Distinct());
        Assert.Equal(DeliveryState.Sent, await reach.StateAsync(alert, phone));
    }

    [Fact]
    public async Task What_a_dead_sender_may_have_sent_is_unknown_and_never_counted_as_sent()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        var alert = await reach.IssueAsync(reach.NewAlert());
        await DieBetweenPostAndLedgerAsync(reach, alert);

        reach.RealTime.Advance(ClaimDeliveries.Lease);
        reach.Test.Clock.Advance(TimeSpan.FromHours(6));
        await reach.Test.Get<SendDeliveries>().RunAsync(CancellationToken.None);

        Assert.Equal(DeliveryState.Unknown, await reach.StateAsync(alert, phone));
    }

    [Fact]
    public async Task A_refusal_after_a_sender_died_does_not_prove_that_nothing_arrived()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var phone = await reach.SubscribeAsync("phone");
        var alert = await reach.IssueAsync(reach.NewAlert());
        await DieBetweenPostAndLedgerAsync(reach, alert);
        reach.RealTime.Advance(ClaimDeliveries.Lease);
        reach.Sink.AnswerWith(503);
        await reach.SendAsync();

        reach.Test.Clock.Advance(TimeSpan.FromHours(6));
        await reach.Test.Get<SendDeliveries>().RunAsync(CancellationToken.None);

        Assert.Equal(DeliveryState.Unknown, await reach.StateAsync(alert, phone));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Two_senders_never_send_one_line_twice(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        for (var i = 0; i < 60; i++)
        {
            await reach.SubscribeAsync($"phone{i}");
        }

        var alert = await reach.IssueAsync(reach.NewAlert());
        await Task.WhenAll(Sender(reach).SendDueAsync(CancellationToken.None), Sender(reach).SendDueAsync(CancellationToken.None), reach.SendAsync());

        Assert.Equal(60, reach.Sink.All.Count);
        Assert.All((await reach.LinesAsync(alert)).Values, line => Assert.Equal((DeliveryState.Sent, 1), (line.State, line.Attempts)));
    }

    [Fact]
    public async Task The_most_endangered_are_told_first()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite, settings: ("Dissemination:WebPush:PerOrigin", "1"));
        await reach.SubscribeAsync("minor", 89.5);
        await reach.SubscribeAsync("extreme", 90.5);
        await reach.SubscribeAsync("severe", 90.0);
        foreach (var (severity, west) in new[] { (CapSeverity.Minor, 89.4), (CapSeverity.Severe, 89.9), (CapSeverity.Extreme, 90.4) })
        {
            await reach.IssueAsync(reach.NewAlert(alert => alert with { Severity = severity, Area = Reach.Box(west, 27.4, west + 0.2, 27.6) }));
        }

        await reach.SendAsync();

        Assert.Equal(["extreme", "severe", "minor"], reach.Sink.All.Select(message => message.Phone));
    }

    [Fact]
    public async Task A_phone_whose_key_is_broken_does_not_keep_the_alert_from_others()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var (broken, whole) = (await reach.SubscribeAsync("broken"), await reach.SubscribeAsync("whole"));
        await using (var step = await reach.Test.Store.BeginAsync<DisseminationDb>(CancellationToken.None))
        {
            await step.Db.Subscriptions.Where(row => row.Id == broken.Receipt!.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.P256dh, new byte[65]));
            await step.CommitAsync(CancellationToken.None);
        }

        var alert = await reach.IssueAsync(reach.NewAlert());
        await reach.SendAsync();

        Assert.Equal(DeliveryState.Failed, await reach.StateAsync(alert, broken));
        Assert.Equal(DeliveryState.Sent, await reach.StateAsync(alert, whole));
    }

    [Theory]
    [InlineData(PushVerdict.Later, false, 1, DeliveryState.Queued)]
    [InlineData(PushVerdict.Later, false, -1, DeliveryState.Undelivered)]
    [InlineData(PushVerdict.Later, true, -1, DeliveryState.Unknown)]
    [InlineData(PushVerdict.Doubtful, false, 1, DeliveryState.Queued)]
    [InlineData(PushVerdict.Doubtful, false, -1, DeliveryState.Unknown)]
    [InlineData(PushVerdict.NotTried, false, 1, DeliveryState.Queued)]
    [InlineData(PushVerdict.Accepted, true, -1, DeliveryState.Sent)]
    [InlineData(PushVerdict.Refused, false, 1, DeliveryState.Failed)]
    [InlineData(null, false, 1, DeliveryState.Dropped)]
    [InlineData(null, true, 1, DeliveryState.Unknown)]
    public void An_outcome_settles_a_line(PushVerdict? verdict, bool doubtful, int hoursLeft, DeliveryState becomes)
    {
        var line = new Delivery
        {
            Id = default,
            AlertId = default,
            ThreadId = default,
            SubscriptionId = default,
            Origin = "",
            State = DeliveryState.Queued,
            Priority = 0,
            QueuedAt = TestStore.Begin,
            ExpiresAt = TestStore.Begin.AddHours(hoursLeft),
            Attempts = 1,
            Doubtful = doubtful,
            LeasedUntil = TestStore.Begin,
        };

        SettleDelivery.Settle(line, verdict is { } said ? new PushOutcome(said, "") : null, TestStore.Begin, TestStore.Begin);

        Assert.Equal(becomes, line.State);
        Assert.Null(line.LeasedUntil);
    }

    private static SendDeliveries Sender(Reach reach) => new(
        reach.Test.Store, reach.Test.Get<AlertQueries>(), reach.Test.Get<PostPush>(), reach.Test.Get<Nudges>(), reach.Test.Get<IOptions<DisseminationOptions>>(), NullLogger<SendDeliveries>.Instance)
    { RealTime = reach.RealTime };

    private static async Task DieBetweenPostAndLedgerAsync(Reach reach, Alert alert)
    {
        var line = Assert.Single(await new ClaimDeliveries(reach.Test.Store).ClaimAsync([], reach.RealTime.GetUtcNow(), CancellationToken.None));
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        var row = await db.Subscriptions.SingleAsync(subscription => subscription.Id == line.SubscriptionId);
        var notice = new PushNotice(PushPayload.ForAlert(alert, "en", new Uri("http://localhost/")), PostPush.TopicFor(alert.ThreadId), Urgent: true, TimeSpan.FromHours(1));
        Assert.Equal(PushVerdict.Accepted, (await reach.Test.Get<PostPush>().SendAsync(row, notice, CancellationToken.None)).Verdict);
    }
}
