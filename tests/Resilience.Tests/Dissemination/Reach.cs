using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Dissemination;
using Resilience.Dissemination.Geotargeting;
using Resilience.Dissemination.Ledger;
using Resilience.Dissemination.Subscribing;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>Dissemination with a real push service beside it, phones that subscribed, and alerts as Warnings would have issued them.</summary>
internal sealed class Reach : IAsyncDisposable
{
    private readonly List<IDisposable> _phones = [];
    private int _alerts;

    private Reach(TestStore test, PushSink sink) => (Test, Sink, RealTime) = (test, sink, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));

    internal TestStore Test { get; }

    internal PushSink Sink { get; }

    /// <summary>What leases and pauses run on.</summary>
    internal FakeTimeProvider RealTime { get; }

    internal static async Task<Reach> OpenAsync(Engine engine, OperatingMode? mode = null, IEnumerable<PushSink>? otherServices = null, params (string Key, string Value)[] settings)
    {
        var sink = await PushSink.StartAsync();
        var allowed = new[] { sink }.Concat(otherServices ?? []).Select((service, i) => ($"Dissemination:WebPush:AllowedOrigins:{i}", service.Origin));
        var test = await TestStore.CreateAsync(
            engine,
            (services, configuration) => services.AddSingleton(mode ?? OperatingMode.Live).AddSingleton(new WarningsOptions())
                .AddSingleton(Gazetteer.Load(new StringReader("id\tname\tcountry\tadmin1\tlongitude\tlatitude\tpopulation\tfeature\talternates\nt:1\tWangdue Phodrang\tBT\tWangdue\t89.90\t27.48\t7500\tPPL\t\tAsia/Thimphu")))
                .AddModuleDb<WarningsDb>().AddSingleton<AlertQueries>().AddDissemination(configuration),
            routes =>
            {
                routes.Add(WarningTopics.Issued, "Dissemination.TargetAlert");
                routes.Add(DisseminationTopics.Answered, "Test.Relief");
            },
            [.. allowed, .. settings]);
        var reach = new Reach(test, sink);
        test.Get<SendDeliveries>().RealTime = reach.RealTime;
        return reach;
    }

    internal async Task<Phone> SubscribeAsync(string name, double longitude = 89.905, double latitude = 27.485, PushSink? service = null, string language = "en")
    {
        var phone = new Phone(name, service ?? Sink, longitude, latitude, language);
        _phones.Add(phone);
        phone.Receipt = await Test.Get<Subscribe>().HandleAsync(phone.Request(), From("198.51.100.7"), CancellationToken.None);
        return phone;
    }

    internal static HttpContext From(string address) => new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    /// <summary>An alert for a box around Wangdue unless changed.</summary>
    internal Alert NewAlert(Func<Alert, Alert>? change = null)
    {
        var id = StableId.From("test.alert", $"{++_alerts}");
        var now = Test.Clock.GetUtcNow();
        var alert = new Alert
        {
            Id = id,
            Identifier = $"2.25.{_alerts}",
            Sender = "hydromet@example.bt",
            Sent = now,
            Status = CapStatus.Actual,
            MsgType = CapMsgType.Alert,
            Scope = CapScope.Public,
            Event = "Flood",
            Kind = HazardKind.RiverFlood,
            Category = CapCategory.Met,
            Urgency = CapUrgency.Immediate,
            Severity = CapSeverity.Severe,
            Certainty = CapCertainty.Observed,
            ResponseType = CapResponseType.Evacuate,
            Expires = now.AddHours(6),
            AreaDesc = "Wangdue and Bajo",
            Area = Box(89.85, 27.45, 89.95, 27.52),
            Texts = [new AlertText("en", "FLOOD – act now: Wangdue", "Water rises in Wangdue.", "MOVE uphill now. Do NOT wade through more than 0.5 m of water.")],
            People = 10_000,
            AuthorId = StableId.From("test", "dechen"),
            AuthorName = "Dechen",
            ApproverId = StableId.From("test", "karma"),
            ApproverName = "Karma",
            ThreadId = id,
            CapXml = "<alert/>",
            State = AlertState.InForce,
        };
        return change?.Invoke(alert) ?? alert;
    }

    /// <summary>A later message of the same thread, which ends the earlier one.</summary>
    internal Alert Follow(Alert earlier, CapMsgType type, Func<Alert, Alert>? change = null) => NewAlert(alert =>
    {
        alert = alert with { MsgType = type, ThreadId = earlier.ThreadId, Status = earlier.Status, References = "earlier", State = type == CapMsgType.Cancel ? AlertState.Cancelled : AlertState.InForce };
        return change?.Invoke(alert) ?? alert;
    });

    /// <summary>Stores the alert, ends the thread's earlier ones as Warnings does, hands it over and has it targeted.</summary>
    internal async Task<Alert> IssueAsync(Alert alert)
    {
        await using (var step = await Test.Store.BeginAsync<WarningsDb>(CancellationToken.None))
        {
            var ended = alert.MsgType == CapMsgType.Cancel ? AlertState.Cancelled : AlertState.Superseded;
            await step.Db.Alerts.Where(row => row.ThreadId == alert.ThreadId && row.State == AlertState.InForce).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ended));
            step.Db.Alerts.Add(alert);
            step.HandOver(WarningTopics.Issued, alert.Id.ToString());
            await step.CommitAsync(CancellationToken.None);
        }

        await Test.Get<TargetAlert>().DrainAsync(CancellationToken.None);
        return alert;
    }

    internal Task<int> SendAsync() => Test.Get<SendDeliveries>().SendDueAsync(CancellationToken.None);

    /// <summary>The ledger's lines of an alert by the phone's name.</summary>
    internal async Task<Dictionary<string, Delivery>> LinesAsync(Alert alert)
    {
        await using var db = Test.Store.Read<DisseminationDb>();
        var names = _phones.Cast<Phone>().ToDictionary(phone => phone.Receipt!.Id, phone => phone.Name);
        return (await db.Deliveries.Where(line => line.AlertId == alert.Id).ToListAsync()).ToDictionary(line => names[line.SubscriptionId]);
    }

    internal async Task<DeliveryState> StateAsync(Alert alert, Phone phone) => (await LinesAsync(alert))[phone.Name].State;

    internal static Polygon Box(double west, double south, double east, double north) => (Polygon)Wgs84.Factory.ToGeometry(new Envelope(west, east, south, north));

    public async ValueTask DisposeAsync()
    {
        _phones.ForEach(phone => phone.Dispose());
        await Sink.DisposeAsync();
        await Test.DisposeAsync();
    }
}
