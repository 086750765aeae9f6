using CsCheck;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;
using Resilience.Warnings;
using Resilience.Warnings.Approving;
using Resilience.Warnings.Drafting;

namespace Resilience.Tests.Warnings;

/// <summary>Whatever anybody does in whatever order: nothing goes out by one person, nothing issued changes, no draft is lost.</summary>
public sealed class DraftStatesTest
{
    private static readonly Caller[] People = [Desk.Dechen, Desk.Karma, new(StableId.From("test", "pema"), "Pema")];

    private static readonly Gen<(int Deed, int Person, int Which)[]> Deeds = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 5]).Array[20, 40];

    [Fact]
    public async Task No_sequence_of_deeds_breaks_the_rules()
    {
        await Deeds.SampleAsync(
            async deeds =>
            {
                await using var desk = await Desk.OpenAsync(Engine.Sqlite);
                var (opened, issued) = (new HashSet<Guid>(), new Dictionary<Guid, string>());
                var version = 0;
                foreach (var (deed, person, which) in deeds)
                {
                    try
                    {
                        await ActAsync(desk, deed, People[person], which, () => ++version, opened);
                    }
                    catch (RefusalException)
                    {
                        // Refusing is what keeps the rules; whether it was right to refuse is for the checks below.
                    }

                    desk.Test.Clock.Advance(TimeSpan.FromMinutes(1));
                    await HoldAsync(desk, opened, issued);
                }

                await using var db = desk.Test.Store.Read<WarningsDb>();
                Assert.Equal(issued.Count, await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM access_audit WHERE action IN ('warnings.approved', 'warnings.cancelled')").SingleAsync());
            },
            iter: 12,
            threads: 1);
    }

    private static async Task ActAsync(Desk desk, int deed, Caller caller, int which, Func<int> nextVersion, HashSet<Guid> opened)
    {
        var drafts = await desk.ListOpenAsync();
        var draft = drafts.Count == 0 ? null : drafts[which % drafts.Count];
        var alerts = await desk.Test.Get<AlertQueries>().ListInForceAsync(desk.Test.Clock.GetUtcNow(), CancellationToken.None);
        switch (deed)
        {
            case 0:
                opened.Add((await desk.BlankAsync(caller)).Id);
                break;
            case 1:
                await desk.ChangeZoneAsync(Desk.Zone((CapSeverity)(which % 5), nextVersion(), removed: which == 5));
                opened.UnionWith((await desk.ListOpenAsync()).Select(d => d.Id));
                break;
            case 2 or 3 when draft is not null:
                await desk.SubmitAsync(await desk.EditAsync(draft, caller), caller);
                break;
            case 4 or 5 when draft is not null:
                await desk.ApproveAsync(draft, caller);
                break;
            case 6 when draft is not null:
                await desk.EditAsync(draft, caller, r => r with { AreaDesc = "Bajo in Wangdue Phodrang" });
                break;
            case 7 when draft is not null:
                await desk.Test.Get<SendBackDraft>().AnswerAsync(draft.Id, which % 2 == 0 ? DraftState.Returned : DraftState.Rejected, "because", caller, CancellationToken.None);
                break;
            case 8 when draft is not null:
                await desk.Test.Get<SendBackDraft>().WithdrawAsync(draft.Id, caller, CancellationToken.None);
                break;
            case 9 when alerts.Count > 0:
                await desk.CancelAsync(alerts[which % alerts.Count], caller);
                break;
        }
    }

    private static async Task HoldAsync(Desk desk, HashSet<Guid> opened, Dictionary<Guid, string> issued)
    {
        await using var db = desk.Test.Store.Read<WarningsDb>();
        foreach (var alert in await db.Alerts.ToListAsync())
        {
            Assert.True(alert.MsgType == CapMsgType.Cancel || (alert.ApproverId is { } approver && approver != alert.AuthorId));
            if (!issued.TryAdd(alert.Id, alert.CapXml))
            {
                Assert.Equal(issued[alert.Id], alert.CapXml);
            }
        }

        var drafts = await db.Drafts.ToListAsync();
        Assert.Superset(opened, drafts.Select(d => d.Id).ToHashSet());
        Assert.All(drafts.Where(d => d.State == DraftState.Issued), d => Assert.Contains(d.AlertId!.Value, issued.Keys));
        Assert.All(drafts, d => Assert.Equal(ContentHash.Of(d), d.ContentHash));
        Assert.True(drafts.Count(d => d.ZoneId is not null && d.IsOpen) <= 1);
    }
}
