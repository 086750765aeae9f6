using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;
using Resilience.Warnings.Approving;
using Resilience.Warnings.Cap;

namespace Resilience.Tests.Warnings;

/// <summary>Two people send, one stops, and nobody else's word counts.</summary>
public sealed class TwoPeopleTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_alert_goes_out_when_a_second_person_approves_what_the_first_submitted(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var alert = await desk.IssueAsync();

        var stored = await desk.Test.Get<AlertQueries>().GetAsync(alert.Id, CancellationToken.None);
        Assert.Equal((AlertState.InForce, "Dechen", "Karma", CapStatus.Actual), (stored.State, stored.AuthorName, stored.ApproverName, stored.Status));
        Assert.Empty(CapSchema.ListFaults(stored.CapXml));
        Assert.Equal(10_400, stored.People);
        await using var db = desk.Test.Store.Read<WarningsDb>();
        Assert.Equal(1, await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM storage_handed_over WHERE link = 'Test.Disseminate'").SingleAsync());
        Assert.Equal(1, await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM access_audit WHERE action = 'warnings.approved'").SingleAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_author_cannot_approve(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var draft = await desk.SubmitAsync(await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen), Desk.Dechen);
        await Desk.RefusedAsync("warnings.same-person", () => desk.ApproveAsync(draft, Desk.Dechen));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_database_too_refuses_one_person_as_both(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var alert = await desk.IssueAsync();
        await using var step = await desk.Test.Store.BeginAsync<WarningsDb>(CancellationToken.None);
        step.Db.Alerts.Add(alert with { Id = StableId.From("x"), Identifier = "x", AuthorId = alert.ApproverId!.Value });
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => step.CommitAsync(CancellationToken.None));
        Assert.Contains("two_people", refused.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_database_refuses_to_edit_or_remove_an_issued_alert(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var alert = await desk.IssueAsync();
        await using var db = desk.Test.Store.Read<WarningsDb>();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Alerts.Where(a => a.Id == alert.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.AreaDesc, "elsewhere")));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Alerts.Where(a => a.Id == alert.Id).ExecuteDeleteAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task However_many_approve_at_once_it_goes_out_once(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var draft = await desk.SubmitAsync(await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen), Desk.Dechen);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await desk.ApproveAsync(draft, Desk.Karma);
                return "issued";
            }
            catch (RefusalException refusal)
            {
                return refusal.Code;
            }
        })));

        Assert.Equal(1, answers.Count(answer => answer == "issued"));
        Assert.Equal(7, answers.Count(answer => answer == "warnings.already-issued"));
        await using var db = desk.Test.Store.Read<WarningsDb>();
        Assert.Equal(1, await db.Alerts.CountAsync());
        Assert.Equal(1, await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM storage_handed_over WHERE link = 'Test.Disseminate'").SingleAsync());
    }

    [Fact]
    public async Task An_edit_voids_the_submission()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var submitted = await desk.SubmitAsync(await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen), Desk.Dechen);
        var edited = await desk.EditAsync(submitted, Desk.Dechen, r => r with { AreaDesc = "Wangdue Phodrang" });

        Assert.Equal(DraftState.Draft, edited.State);
        await Desk.RefusedAsync("warnings.not-submitted", () => desk.ApproveAsync(submitted, Desk.Karma));
        var again = await desk.SubmitAsync(edited, Desk.Dechen);
        await Desk.RefusedAsync("warnings.changed", () => desk.ApproveAsync(submitted, Desk.Karma));
        Assert.Equal(AlertState.InForce, (await desk.ApproveAsync(again, Desk.Karma)).State);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_area_drawn_from_another_corner_can_be_sent(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var draft = await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen);
        var ring = draft.Area.Coordinates;
        var turned = Resilience.Core.Geography.Wgs84.Factory.CreatePolygon([.. ring[1..], ring[1]]);
        draft = await desk.EditAsync(draft, Desk.Dechen, r => r with { Area = turned });
        Assert.Equal(AlertState.InForce, (await desk.ApproveAsync(await desk.SubmitAsync(draft, Desk.Dechen), Desk.Karma)).State);
    }

    [Fact]
    public async Task An_edit_made_on_an_old_version_is_refused()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.BlankAsync(Desk.Dechen);
        await desk.EditAsync(draft, Desk.Dechen);
        await Desk.RefusedAsync("warnings.changed", () => desk.EditAsync(draft, Desk.Karma));
    }

    [Fact]
    public async Task After_half_an_hour_a_submission_must_be_made_again()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.SubmitAsync(await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen), Desk.Dechen);
        desk.Test.Clock.Advance(TimeSpan.FromMinutes(31));
        await Desk.RefusedAsync("warnings.stale", () => desk.ApproveAsync(draft, Desk.Karma));
        Assert.Equal(AlertState.InForce, (await desk.ApproveAsync(await desk.SubmitAsync(draft, Desk.Dechen), Desk.Karma)).State);
    }

    [Fact]
    public async Task The_head_count_must_be_the_one_shown()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.SubmitAsync(await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen), Desk.Dechen);
        await Desk.RefusedAsync("warnings.people", () => desk.ApproveAsync(draft with { People = draft.People + 1 }, Desk.Karma));
    }

    [Fact]
    public async Task A_vast_area_needs_its_head_count_typed_in()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen, r => r with { Area = Desk.Box(-120, -60, 120, 80) });
        await Desk.RefusedAsync("warnings.area-vast", () => desk.SubmitAsync(draft, Desk.Dechen));
        var typed = await desk.Test.Get<SubmitDraft>().SubmitAsync(draft.Id, new SubmitRequest(draft.Version, draft.People), Desk.Dechen, CancellationToken.None);
        Assert.Equal(DraftState.Submitted, typed.State);
    }

    [Fact]
    public async Task A_returned_draft_says_why_and_can_be_submitted_again()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var back = desk.Test.Get<SendBackDraft>();
        var draft = await desk.SubmitAsync(await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen), Desk.Dechen);
        await Desk.RefusedAsync("warnings.same-person", () => back.AnswerAsync(draft.Id, DraftState.Returned, "mine", Desk.Dechen, CancellationToken.None));
        await Desk.RefusedAsync("warnings.reason-missing", () => back.AnswerAsync(draft.Id, DraftState.Returned, " ", Desk.Karma, CancellationToken.None));
        var returned = await back.AnswerAsync(draft.Id, DraftState.Returned, "Name the bridge", Desk.Karma, CancellationToken.None);
        Assert.Equal((DraftState.Returned, "Karma: Name the bridge"), (returned.State, returned.Reason));
        Assert.Equal(DraftState.Submitted, (await desk.SubmitAsync(returned, Desk.Dechen)).State);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task One_person_cancels_and_the_cancel_references_what_was_in_force(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var first = await desk.IssueAsync();
        desk.Test.Clock.Advance(TimeSpan.FromMinutes(5));
        var update = await desk.ApproveAsync(await desk.SubmitAsync(await desk.UpdateOfAsync(first, Desk.Karma), Desk.Karma), Desk.Dechen);
        desk.Test.Clock.Advance(TimeSpan.FromMinutes(5));
        var cancel = await desk.CancelAsync(update, Desk.Dechen);

        Assert.Equal((CapMsgType.Update, $"{first.Sender},{first.Identifier},2019-06-20T12:00:00-00:00"), (update.MsgType, update.References));
        Assert.Equal((CapMsgType.Cancel, $"{update.Sender},{update.Identifier},2019-06-20T12:05:00-00:00"), (cancel.MsgType, cancel.References));
        Assert.True(cancel.Area.EqualsTopologically(update.Area));
        var thread = await desk.Test.Get<AlertQueries>().ListThreadAsync(first.ThreadId, CancellationToken.None);
        Assert.Equal([AlertState.Superseded, AlertState.Cancelled, AlertState.Cancelled], thread.Select(alert => alert.State));
        Assert.Empty(await desk.Test.Get<AlertQueries>().ListInForceAsync(desk.Test.Clock.GetUtcNow(), CancellationToken.None));
        await Desk.RefusedAsync("warnings.not-in-force", () => desk.CancelAsync(update, Desk.Dechen));
    }
}
