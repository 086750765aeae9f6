using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;
using Resilience.Warnings.Approving;
using Resilience.Warnings.Issuing;

namespace Resilience.Tests.Warnings;

/// <summary>The machine has a draft ready, follows the risk, keeps its hands off what a person holds, and never sends.</summary>
public sealed class DraftAlertsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_severe_zone_gets_a_draft_that_only_people_can_send(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        var draft = await desk.OnlyOpenAsync();

        Assert.Equal(("machine", CapStatus.Actual, 16_600), (draft.Author, draft.Status, draft.People));
        Assert.DoesNotContain(draft.Checks, check => check.Severity == "stop");
        Golden.Matches("flood-draft.txt", $"{draft.Texts[0].Headline}\n{draft.Texts[0].Description}\n{draft.Texts[0].Instruction}\n");
        Assert.Equal("dz", draft.Texts[1].Language);
        Assert.True(draft.Texts[1].IsMissing);
        Assert.Contains(draft.Checks, check => check.Code == "warnings.language-missing");
        await Desk.RefusedAsync("warnings.not-submitted", () => desk.ApproveAsync(draft, Desk.Karma));
        var alert = await desk.ApproveAsync(await desk.SubmitAsync(draft, Desk.Dechen), Desk.Karma);
        Assert.Equal("Dechen", alert.AuthorName);
    }

    [Fact]
    public async Task Below_the_policy_nothing_is_drafted()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Minor));
        Assert.Empty(await desk.ListOpenAsync());
    }

    [Fact]
    public async Task Another_authoritys_warning_is_not_written_anew_as_ours()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Extreme) with { StationId = "bulletin:1" });
        Assert.Empty(await desk.ListOpenAsync());
    }

    [Fact]
    public async Task An_escalation_rewrites_the_machines_own_draft_and_marks_a_persons()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Moderate));
        var first = await desk.OnlyOpenAsync();
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe, version: 2));
        var rewritten = await desk.OnlyOpenAsync();
        Assert.Equal((first.Id, CapSeverity.Severe), (rewritten.Id, rewritten.Severity));

        var submitted = await desk.SubmitAsync(await desk.EditAsync(rewritten, Desk.Dechen), Desk.Dechen);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Extreme, version: 3));
        var marked = await desk.OnlyOpenAsync();
        Assert.Equal((CapSeverity.Severe, submitted.ContentHash), (marked.Severity, marked.ContentHash));
        await Desk.RefusedAsync("warnings.inputs-changed", () => desk.ApproveAsync(marked, Desk.Karma));
        await desk.ApproveAsync(await desk.SubmitAsync(marked, Desk.Dechen), Desk.Karma);
    }

    [Fact]
    public async Task A_zone_that_only_says_its_reason_in_other_words_stops_nobody_from_sending()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        var submitted = await desk.SubmitAsync(await desk.EditAsync(await desk.OnlyOpenAsync(), Desk.Dechen), Desk.Dechen);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe, version: 2));
        await desk.ApproveAsync(submitted, Desk.Karma);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task With_an_alert_in_force_worse_drafts_an_update_and_over_drafts_an_all_clear(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        var alert = await desk.ApproveAsync(await desk.SubmitAsync(await desk.OnlyOpenAsync(), Desk.Dechen), Desk.Karma);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe, version: 2));
        Assert.Empty(await desk.ListOpenAsync());

        desk.Test.Clock.Advance(TimeSpan.FromMinutes(20));
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Extreme, version: 3));
        var update = await desk.ApproveAsync(await desk.SubmitAsync(await desk.OnlyOpenAsync(), Desk.Karma), Desk.Dechen);
        Assert.Equal((CapMsgType.Update, alert.ThreadId), (update.MsgType, update.ThreadId));

        desk.Test.Clock.Advance(TimeSpan.FromMinutes(20));
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Minor, version: 4, removed: true));
        var over = await desk.OnlyOpenAsync();
        Assert.Equal((CapMsgType.Update, CapResponseType.AllClear, CapUrgency.Past), (over.MsgType, over.ResponseType, over.Urgency));
        var clear = await desk.ApproveAsync(await desk.SubmitAsync(over, Desk.Dechen), Desk.Karma);
        Assert.Contains(update.Identifier, clear.References!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Falling_below_the_policy_withdraws_the_machines_unsent_draft()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Minor, version: 2, removed: true));
        Assert.Empty(await desk.ListOpenAsync());
    }

    [Fact]
    public async Task What_a_person_rejected_comes_back_only_when_it_gets_worse()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Moderate));
        var draft = await desk.SubmitAsync(await desk.OnlyOpenAsync(), Desk.Dechen);
        await desk.Test.Get<SendBackDraft>().AnswerAsync(draft.Id, DraftState.Rejected, "Gauge is iced", Desk.Karma, CancellationToken.None);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Moderate, version: 2));
        Assert.Empty(await desk.ListOpenAsync());
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe, version: 3));
        Assert.Equal(CapSeverity.Severe, (await desk.OnlyOpenAsync()).Severity);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_drill_or_replay_never_becomes_actual_and_says_so_first_and_last(bool replay, bool drillZone)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite, replay);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe, exercise: drillZone));
        var draft = await desk.EditAsync(await desk.OnlyOpenAsync(), Desk.Dechen);
        var alert = await desk.ApproveAsync(await desk.SubmitAsync(draft, Desk.Dechen), Desk.Karma);
        var cancel = await desk.CancelAsync(alert, Desk.Dechen);

        foreach (var message in new[] { alert, cancel })
        {
            Assert.Equal(CapStatus.Exercise, message.Status);
            Assert.All(message.Texts, text => Assert.Equal(("EXERCISE", "EXERCISE"), (text.Headline.Split(' ')[0], text.Headline.Split(' ')[^1])));
            Assert.Contains("<status>Exercise</status>", message.CapXml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_alert_and_its_cancel_are_golden_cap()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite, replay: true);
        await desk.ChangeZoneAsync(Desk.Zone(CapSeverity.Severe));
        var alert = await desk.ApproveAsync(await desk.SubmitAsync(await desk.OnlyOpenAsync(), Desk.Dechen), Desk.Karma);
        desk.Test.Clock.Advance(TimeSpan.FromMinutes(10));
        Golden.Matches("flood-alert.cap.xml", alert.CapXml + "\n");
        Golden.Matches("flood-cancel.cap.xml", (await desk.CancelAsync(alert, Desk.Dechen)).CapXml + "\n");
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_alert_leaves_the_map_when_its_time_runs_out(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var alert = await desk.IssueAsync();
        var layer = desk.Test.Services.GetServices<Resilience.Core.Chain.IMapLayer>().Single(l => l.Name == "warnings.alerts");
        var shown = Assert.Single(await layer.ListChangedSinceAsync(0, CancellationToken.None));
        Assert.False(shown.Removed);

        desk.Test.Clock.Advance(TimeSpan.FromHours(7));
        await desk.Test.Get<ExpireAlerts>().RunAsync(CancellationToken.None);
        var gone = Assert.Single(await layer.ListChangedSinceAsync(shown.Version, CancellationToken.None));
        Assert.True(gone.Removed);
        var ended = await desk.Test.Get<AlertQueries>().GetAsync(alert.Id, CancellationToken.None);
        Assert.Equal((AlertState.Expired, alert.Expires), (ended.State, ended.EndedAt!.Value));
    }

    [Fact]
    public async Task The_feed_keeps_ended_messages_for_two_days()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var alert = await desk.IssueAsync();
        var cancel = await desk.CancelAsync(alert, Desk.Karma);
        Assert.Contains(alert.Identifier, await FeedAsync(desk), StringComparison.Ordinal);
        Assert.Contains(cancel.Identifier, await FeedAsync(desk), StringComparison.Ordinal);
        desk.Test.Clock.Advance(TimeSpan.FromHours(49));
        Assert.DoesNotContain("<entry>", await FeedAsync(desk), StringComparison.Ordinal);
    }

    private static async Task<string> FeedAsync(Desk desk) => System.Text.Encoding.UTF8.GetString(await desk.Test.Get<ShowFeed>().WriteAsync("http://a.example", CancellationToken.None));
}
