using Microsoft.EntityFrameworkCore;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Dissemination;
using Resilience.Dissemination.Geotargeting;
using Resilience.Dissemination.Ledger;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>Whoever an alert concerns is told, in order, once; nobody else is; and nothing that is over.</summary>
public sealed class TargetAlertTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task People_in_the_area_are_told_and_others_are_not(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var inside = await reach.SubscribeAsync("inside");
        var outside = await reach.SubscribeAsync("outside", longitude: 89.2);
        var alert = await reach.IssueAsync(reach.NewAlert());

        Assert.Equal(1, await reach.SendAsync());

        var notice = Assert.Single(inside.Read());
        Assert.Empty(outside.Read());
        Assert.Equal(alert.ThreadId.ToString(), notice.GetProperty("notification").GetProperty("tag").GetString());
        Assert.Equal("FLOOD – act now: Wangdue", notice.GetProperty("notification").GetProperty("title").GetString());
        var headers = Assert.Single(reach.Sink.All).Headers;
        Assert.Equal("21600", headers["TTL"]);
        Assert.Equal("high", headers["Urgency"]);
        Assert.Matches("^[A-Za-z0-9_-]{1,32}$", headers["Topic"]);
        Assert.Equal("aes128gcm", headers["Content-Encoding"]);
        Assert.StartsWith("vapid t=", headers["Authorization"]);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Targeting_the_same_alert_twice_tells_nobody_twice(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone");
        var alert = await reach.IssueAsync(reach.NewAlert());
        await using (var step = await reach.Test.Store.BeginAsync<DisseminationDb>(CancellationToken.None))
        {
            step.HandOver(WarningTopics.Issued, alert.Id.ToString());
            await step.CommitAsync(CancellationToken.None);
        }

        await reach.Test.Get<TargetAlert>().DrainAsync(CancellationToken.None);
        await reach.SendAsync();

        Assert.Single(phone.Read());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_update_reaches_its_area_and_everybody_who_heard_before(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var (before, after) = (await reach.SubscribeAsync("before"), await reach.SubscribeAsync("after", longitude: 90.2));
        var first = await reach.IssueAsync(reach.NewAlert());
        await reach.SendAsync();

        await reach.IssueAsync(reach.Follow(first, CapMsgType.Update, alert => alert with { Area = Reach.Box(90.1, 27.4, 90.3, 27.6) }));
        await reach.SendAsync();

        Assert.Equal(2, before.Read().Count);
        Assert.Single(after.Read());
        Assert.Single(reach.Sink.All.Select(message => message.Headers["Topic"]).Distinct());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_cancel_reaches_who_heard_and_keeps_the_alert_from_the_others(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var heard = await reach.SubscribeAsync("heard");
        var first = await reach.IssueAsync(reach.NewAlert());
        await reach.SendAsync();
        var late = await reach.SubscribeAsync("late");
        var second = await reach.IssueAsync(reach.Follow(first, CapMsgType.Update));

        var cancel = await reach.IssueAsync(reach.Follow(first, CapMsgType.Cancel));
        await reach.SendAsync();

        Assert.Equal(["FLOOD – act now: Wangdue", "Cancelled: FLOOD – act now: Wangdue"], heard.Read().Select(notice => notice.GetProperty("notification").GetProperty("title").GetString()));
        Assert.Empty(late.Read());
        Assert.Equal(DeliveryState.Dropped, await reach.StateAsync(second, late));
        Assert.Equal(["heard"], (await reach.LinesAsync(cancel)).Keys);
    }

    [Theory]
    [InlineData(CapStatus.Exercise, false, 0)]
    [InlineData(CapStatus.Test, false, 0)]
    [InlineData(CapStatus.Actual, false, 1)]
    [InlineData(CapStatus.Exercise, true, 1)]
    [InlineData(CapStatus.Actual, true, 0)]
    public async Task A_drill_never_leaves_as_the_real_thing(CapStatus status, bool replay, int sent)
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite, replay ? OperatingMode.Replay : OperatingMode.Live);
        var phone = await reach.SubscribeAsync("phone");
        await reach.IssueAsync(reach.NewAlert(alert => alert with { Status = status }));

        await reach.SendAsync();

        Assert.Equal(sent, phone.Read().Count);
        Assert.All(phone.Read().Where(_ => replay), notice =>
        {
            Assert.Equal("Exercise", notice.GetProperty("status").GetString());
            Assert.All(["title", "body"], text =>
            {
                Assert.StartsWith("EXERCISE", notice.GetProperty("notification").GetProperty(text).GetString());
                Assert.EndsWith("EXERCISE", notice.GetProperty("notification").GetProperty(text).GetString());
            });
        });
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_cancel_never_overtakes_its_alert(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone");
        var gate = reach.Sink.Hold();
        var first = await reach.IssueAsync(reach.NewAlert());
        var sending = reach.SendAsync();
        await reach.Sink.ArrivedAsync();

        await reach.IssueAsync(reach.Follow(first, CapMsgType.Cancel));
        Assert.Equal(0, await reach.SendAsync());

        gate.SetResult();
        await sending;
        await reach.SendAsync();
        Assert.Equal([false, true], phone.Read().Select(notice => notice.GetProperty("notification").GetProperty("title").GetString()!.StartsWith("Cancelled", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Who_only_may_have_heard_hears_the_cancel_too(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var phone = await reach.SubscribeAsync("phone");
        reach.Sink.Answer = (_, response) =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        };
        var first = await reach.IssueAsync(reach.NewAlert());
        await reach.SendAsync();
        Assert.True((await reach.LinesAsync(first))["phone"].Doubtful);

        reach.Sink.AnswerWith(201);
        var cancel = await reach.IssueAsync(reach.Follow(first, CapMsgType.Cancel));
        await reach.SendAsync();

        Assert.Equal(DeliveryState.Unknown, await reach.StateAsync(first, phone));
        Assert.Equal(DeliveryState.Sent, await reach.StateAsync(cancel, phone));
    }
}
