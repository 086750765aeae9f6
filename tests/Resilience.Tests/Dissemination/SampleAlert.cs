using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>An alert for a box around Wangdue Phodrang, as Warnings would have issued it.</summary>
internal static class SampleAlert
{
    internal static readonly AlertText English = new(
        "en", "FLOOD – act now: Wangdue", "Water rises 3.5 m in Wangdue.\nIt reaches Bajo at 20:30.", "MOVE uphill now. Do NOT wade through more than 0.5 m of water.\nTake others with you!");

    internal static Alert Of(string name = "first", CapStatus status = CapStatus.Actual, CapSeverity severity = CapSeverity.Extreme, CapMsgType type = CapMsgType.Alert, AlertState state = AlertState.InForce, Geometry? area = null, params AlertText[] texts) => new()
    {
        Id = StableId.From("test.alert", name),
        Identifier = $"2.25.{name}",
        Sender = "hydromet@example.bt",
        Sent = TestStore.Begin,
        Status = status,
        MsgType = type,
        Scope = CapScope.Public,
        Event = "Flood",
        Kind = HazardKind.RiverFlood,
        Category = CapCategory.Met,
        Urgency = CapUrgency.Immediate,
        Severity = severity,
        Certainty = CapCertainty.Observed,
        ResponseType = CapResponseType.Evacuate,
        Expires = TestStore.Begin.AddHours(6),
        AreaDesc = "Wangdue and Bajo",
        Area = area ?? Box(89.85, 27.45, 89.95, 27.52),
        Texts = texts.Length > 0 ? texts : [English],
        People = 10_000,
        AuthorId = StableId.From("test", "dechen"),
        AuthorName = "Dechen",
        ApproverId = StableId.From("test", "karma"),
        ApproverName = "Karma",
        ThreadId = StableId.From("test.alert", "first"),
        CapXml = "<alert/>",
        State = state,
        References = type == CapMsgType.Alert ? null : "earlier",
    };

    internal static Polygon Box(double west, double south, double east, double north) => (Polygon)Wgs84.Factory.ToGeometry(new Envelope(west, east, south, north));
}
