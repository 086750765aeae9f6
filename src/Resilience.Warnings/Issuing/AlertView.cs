using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Warnings.Issuing;

/// <summary>An alert as the map and lists see it.</summary>
internal sealed record AlertProperties(
    Guid Id, string Identifier, CapStatus Status, CapMsgType MsgType, string Event, string Headline, CapSeverity Severity, CapUrgency Urgency, CapCertainty Certainty,
    DateTimeOffset Sent, DateTimeOffset? Onset, DateTimeOffset Expires, long People, string AreaDesc, Guid Thread)
{
    internal static AlertProperties Of(Alert a) => new(
        a.Id, a.Identifier, a.Status, a.MsgType, a.Event, a.Texts[0].Headline, a.Severity, a.Urgency, a.Certainty, a.Sent, a.Onset, a.Expires, a.People, a.AreaDesc, a.ThreadId);
}

/// <summary>An alert in full.</summary>
internal sealed record AlertView(
    Guid Id, string Identifier, CapStatus Status, CapMsgType MsgType, string Event, string Headline, CapSeverity Severity, CapUrgency Urgency, CapCertainty Certainty,
    DateTimeOffset Sent, DateTimeOffset? Onset, DateTimeOffset Expires, long People, string AreaDesc, Guid Thread,
    IReadOnlyList<AlertText> Texts, [property: JsonConverter(typeof(AreaJson))] Geometry Area, string Author, string? Approver, string? References, AlertState State, string? Reason)
{
    /// <summary>The alert; to the public (options given) the agency signs, not its people by name.</summary>
    internal static AlertView Of(Alert a, WarningsOptions? options) => new(
        a.Id, a.Identifier, a.Status, a.MsgType, a.Event, a.Texts[0].Headline, a.Severity, a.Urgency, a.Certainty, a.Sent, a.Onset, a.Expires, a.People, a.AreaDesc, a.ThreadId,
        a.Texts, a.Area, options?.SenderName ?? a.AuthorName, options is null ? a.ApproverName : null, a.References, a.State, a.EndReason);
}
