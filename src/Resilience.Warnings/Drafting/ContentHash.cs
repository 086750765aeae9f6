using System.Security.Cryptography;
using System.Text.Json;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>Everything of a draft that would go out, in a fixed order: what the second person approves, no more and no less.</summary>
internal sealed record DraftContent(
    CapMsgType MsgType, CapStatus Status, Guid? Updates, HazardKind Kind, string Event, CapUrgency Urgency, CapSeverity Severity, CapCertainty Certainty,
    CapResponseType ResponseType, DateTimeOffset? Onset, DateTimeOffset Expires, string AreaDesc, string AreaWkt, long People, IReadOnlyList<AlertText> Texts);

/// <summary>The fingerprint that ties an approval to exactly one content.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 (lower-case hex) of the content as canonical JSON: fixed member order, UTC times, shortest numbers.</summary>
    internal static string Of(Draft draft)
    {
        var content = new DraftContent(
            draft.MsgType, draft.Status, draft.UpdatesAlertId, draft.Kind, draft.Event, draft.Urgency, draft.Severity, draft.Certainty,
            draft.ResponseType, draft.Onset?.ToUniversalTime(), draft.Expires.ToUniversalTime(), draft.AreaDesc, draft.Area.AsText(), draft.People, draft.Texts);
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, WarningsJson.Default.DraftContent)));
    }
}
