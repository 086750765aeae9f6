using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Risk;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;
using Resilience.Warnings.Approving;
using Resilience.Warnings.Drafting;
using Resilience.Warnings.Issuing;

namespace Resilience.Tests.Warnings;

/// <summary>A warning desk with two coordinators, three places in the Punatsang Chhu valley and whatever zones a test puts there.</summary>
internal sealed class Desk(TestStore test) : IAsyncDisposable
{
    internal static readonly Caller Dechen = new(StableId.From("test", "dechen"), "Dechen");
    internal static readonly Caller Karma = new(StableId.From("test", "karma"), "Karma");

    private const string Places = """
        id	name	country	admin1	longitude	latitude	population	feature	alternates
        t:1	Wangdue Phodrang	BT	Wangdue Phodrang	89.90	27.48	7500	PPL	Wangdue	Asia/Thimphu
        t:2	Punakha	BT	Punakha	89.86	27.59	6200	PPL		Asia/Thimphu
        t:3	Bajo	BT	Wangdue Phodrang	89.90	27.49	2900	PPL		Asia/Thimphu
        """;

    internal TestStore Test => test;

    internal static async Task<Desk> OpenAsync(Engine engine, bool replay = false, params (string Key, string Value)[] settings) => new(await TestStore.CreateAsync(
        engine,
        (services, configuration) =>
        {
            if (replay)
            {
                services.AddSingleton(OperatingMode.Replay);
            }

            var gazetteer = Gazetteer.Load(new StringReader(Places));
            services.AddSingleton(gazetteer).AddSingleton(new Exposure(gazetteer.Places, ExposureData.None)).AddModuleDb<RiskDb>().AddSingleton<RiskQueries>().AddWarnings(configuration);
        },
        routes =>
        {
            routes.Add(RiskTopics.ZoneChanged, "Warnings.DraftAlerts");
            routes.Add(WarningTopics.Issued, "Test.Disseminate");
        },
        settings));

    internal static Polygon Box(double west, double south, double east, double north) => (Polygon)Wgs84.Factory.ToGeometry(new Envelope(west, east, south, north));

    internal static RiskZone Zone(CapSeverity severity, int version = 1, bool removed = false, Geometry? area = null, bool exercise = false) => new()
    {
        Id = StableId.From("test.zone"),
        Version = version,
        Kind = HazardKind.RiverFlood,
        Severity = severity,
        Likelihood = Likelihood.Observed,
        Impact = ImpactClass.Severe,
        Geometry = area ?? Box(89.85, 27.45, 89.95, 27.6),
        Title = "Flood",
        Reason = "Stage above major",
        People = 16_600,
        Sites = 0,
        Exposed = "{}",
        Assumptions = "[]",
        AssessmentId = StableId.From("test.assessment"),
        StationId = "test:1",
        Exercise = exercise,
        Since = TestStore.Begin,
        ChangedAt = TestStore.Begin,
        Removed = removed,
        LayerVersion = version,
    };

    /// <summary>Puts the zone there, hands it over and lets the link run.</summary>
    internal async Task ChangeZoneAsync(RiskZone zone)
    {
        await using (var step = await test.Store.BeginAsync<RiskDb>(CancellationToken.None))
        {
            await step.Db.Zones.Where(z => z.Id == zone.Id).ExecuteDeleteAsync();
            step.Db.Zones.Add(zone);
            step.HandOver(RiskTopics.ZoneChanged, RiskTopics.ZoneKey(zone.Id, zone.Version));
            await step.CommitAsync(CancellationToken.None);
        }

        await test.Get<DraftAlerts>().DrainAsync(CancellationToken.None);
    }

    internal async Task<DraftView> OnlyOpenAsync() => Assert.Single(await ListOpenAsync());

    internal async Task<IReadOnlyList<DraftView>> ListOpenAsync() =>
        [.. (await test.Get<ShowDrafts>().ListAsync(CancellationToken.None)).Where(d => d.State is DraftState.Draft or DraftState.Submitted or DraftState.Returned)];

    internal Task<DraftView> BlankAsync(Caller caller) => test.Get<OpenDraft>().OpenAsync(new OpenDraftRequest(), caller, CancellationToken.None);

    internal Task<DraftView> UpdateOfAsync(Alert alert, Caller caller) => test.Get<OpenDraft>().OpenAsync(new OpenDraftRequest(Alert: alert.Id), caller, CancellationToken.None);

    internal Task<DraftView> EditAsync(DraftView draft, Caller caller, Func<EditDraftRequest, EditDraftRequest>? change = null) =>
        test.Get<EditDraft>().SaveAsync(draft.Id, (change ?? (r => r))(Good(draft)), caller, CancellationToken.None);

    internal Task<DraftView> SubmitAsync(DraftView draft, Caller caller) => test.Get<SubmitDraft>().SubmitAsync(draft.Id, new SubmitRequest(draft.Version), caller, CancellationToken.None);

    internal Task<Alert> ApproveAsync(DraftView draft, Caller caller) =>
        test.Get<ApproveDraft>().ApproveAsync(draft.Id, new ApproveRequest(draft.ContentHash, draft.People), caller, CancellationToken.None);

    internal Task<Alert> CancelAsync(Alert alert, Caller caller) => test.Get<CancelAlert>().CancelAsync(alert.Id, new CancelRequest(CancelReason.DangerOver), caller, CancellationToken.None);

    /// <summary>Everything from blank to sent.</summary>
    internal async Task<Alert> IssueAsync() => await ApproveAsync(await SubmitAsync(await EditAsync(await BlankAsync(Dechen), Dechen), Dechen), Karma);

    internal static async Task RefusedAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<RefusalException>(act)).Code);

    public ValueTask DisposeAsync() => test.DisposeAsync();

    /// <summary>The draft with whatever it lacks filled in.</summary>
    private static EditDraftRequest Good(DraftView d) => new(
        d.Version, "Flood", CapUrgency.Immediate, CapSeverity.Severe, CapCertainty.Observed, CapResponseType.Evacuate, d.Onset, d.Expires,
        d.AreaDesc.Length > 0 ? d.AreaDesc : "Wangdue Phodrang and Bajo", d.Area.IsEmpty ? Box(89.85, 27.45, 89.95, 27.52) : d.Area,
        d.Texts[0].IsMissing ? [new AlertText("en", "FLOOD – act now: Wangdue Phodrang", "Water rises in Wangdue Phodrang and Bajo.", "MOVE uphill now.")] : d.Texts);
}
