using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Warnings;

/// <summary>Whether an alert still counts.</summary>
public enum AlertState
{
    /// <summary>People are to act on it.</summary>
    InForce,

    /// <summary>An Update took its place.</summary>
    Superseded,

    /// <summary>A Cancel ended it. A Cancel message itself is born in this state: it ends, it does not warn.</summary>
    Cancelled,

    /// <summary>Its time ran out.</summary>
    Expired,
}

/// <summary>
/// One issued CAP 1.2 message. What went out is frozen, by the database too; only <see cref="State"/> and what goes with it
/// still change. Update and Cancel are alerts of their own in the same thread.
/// </summary>
public sealed record Alert
{
    /// <summary>Follows from the draft (or the alert it cancels), so that issuing twice gives one alert.</summary>
    public required Guid Id { get; init; }

    /// <summary>CAP identifier, an OID under 2.25 (or the agency's arc); without spaces, commas, &lt; or &amp;.</summary>
    public required string Identifier { get; init; }

    /// <summary>CAP sender: the agency, never a person.</summary>
    public required string Sender { get; init; }

    /// <summary>When it was issued, whole seconds, on the chain's clock.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>Actual, or Exercise in a drill or replay.</summary>
    public required CapStatus Status { get; init; }

    /// <summary>Alert, Update or Cancel.</summary>
    public required CapMsgType MsgType { get; init; }

    /// <summary>Always Public here.</summary>
    public required CapScope Scope { get; init; }

    /// <summary>CAP references: space-separated <c>sender,identifier,sent</c> of the earlier messages of the thread still in force; null on a first Alert.</summary>
    public string? References { get; init; }

    /// <summary>What happens, in English words ("Flood").</summary>
    public required string Event { get; init; }

    /// <summary>What kind of process it warns of; also the event code.</summary>
    public required HazardKind Kind { get; init; }

    /// <summary>CAP category.</summary>
    public required CapCategory Category { get; init; }

    /// <summary>How soon to act.</summary>
    public required CapUrgency Urgency { get; init; }

    /// <summary>How bad.</summary>
    public required CapSeverity Severity { get; init; }

    /// <summary>How sure.</summary>
    public required CapCertainty Certainty { get; init; }

    /// <summary>What to do.</summary>
    public required CapResponseType ResponseType { get; init; }

    /// <summary>When it begins; null when at once.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>When the message stops counting. Not necessarily the end of the event.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The area in words people say.</summary>
    public required string AreaDesc { get; init; }

    /// <summary>The area: Polygon or MultiPolygon without holes, WGS 84.</summary>
    public required Geometry Area { get; init; }

    /// <summary>The words as sent, one entry per language, none missing; the first is English.</summary>
    public required IReadOnlyList<AlertText> Texts { get; init; }

    /// <summary>About how many people live in the area, as both people saw it.</summary>
    public required long People { get; init; }

    /// <summary>Who submitted it (or cancelled).</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>The author's name.</summary>
    public required string AuthorName { get; init; }

    /// <summary>Who approved it: another person. Null only on a Cancel.</summary>
    public Guid? ApproverId { get; init; }

    /// <summary>The approver's name.</summary>
    public string? ApproverName { get; init; }

    /// <summary>Id of the thread's first alert: one event, one thread.</summary>
    public required Guid ThreadId { get; init; }

    /// <summary>The risk zone it came from; null when written by hand.</summary>
    public Guid? ZoneId { get; init; }

    /// <summary>CAP note: why a Cancel was sent.</summary>
    public string? Note { get; init; }

    /// <summary>The message exactly as published, XML declaration included; its UTF-8 bytes are what is served and (later) signed.</summary>
    public required string CapXml { get; init; }

    /// <summary>Whether it still counts.</summary>
    public required AlertState State { get; set; }

    /// <summary>When it stopped counting.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it stopped counting, in words.</summary>
    public string? EndReason { get; set; }

    /// <summary>Version of layer <c>warnings.alerts</c> at which it last changed.</summary>
    public long LayerVersion { get; set; }

    /// <summary>True when people are to act on it at this moment, whether or not the sweep has marked its expiry yet.</summary>
    public bool IsInForce(DateTimeOffset now) => State == AlertState.InForce && Expires > now;
}
