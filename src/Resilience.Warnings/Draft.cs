using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Warnings;

/// <summary>Where a draft stands. Draft, Submitted and Returned are open; the others are how it ended.</summary>
internal enum DraftState
{
    /// <summary>Being written, by the machine or by a person.</summary>
    Draft,

    /// <summary>Frozen, waiting for a second person.</summary>
    Submitted,

    /// <summary>Approved by a second person and sent.</summary>
    Issued,

    /// <summary>Sent back to its author with a reason; an edit makes it a Draft again.</summary>
    Returned,

    /// <summary>Refused by a second person with a reason.</summary>
    Rejected,

    /// <summary>Given up by its author.</summary>
    Withdrawn,

    /// <summary>The risk it was for fell away, or another alert took its place, before anybody sent it.</summary>
    Superseded,
}

/// <summary>An alert being written. Never deleted; <see cref="Version"/> rises with every change and guards against lost edits.</summary>
internal sealed class Draft
{
    public const string Machine = "machine";

    public required Guid Id { get; init; }

    public DraftState State { get; set; }

    /// <summary>Optimistic lock: a change names the version it was made on.</summary>
    public long Version { get; set; }

    public CapMsgType MsgType { get; set; }

    /// <summary>What the alert would be sent as; Exercise once <see cref="Exercise"/> is set, for good.</summary>
    public CapStatus Status { get; set; }

    /// <summary>Came from a drill or a replay: can never become Actual.</summary>
    public bool Exercise { get; init; }

    public HazardKind Kind { get; set; }

    public Guid? ZoneId { get; init; }

    /// <summary>The zone's version the content rests on.</summary>
    public long? ZoneVersion { get; set; }

    /// <summary>When the zone's present episode began.</summary>
    public DateTimeOffset? ZoneSince { get; set; }

    /// <summary>The zone changed after a person had taken the draft over; cleared by submitting, which says "I have seen it".</summary>
    public bool InputsChanged { get; set; }

    /// <summary>The alert this would update; null for a first Alert.</summary>
    public Guid? UpdatesAlertId { get; set; }

    public Guid ThreadId { get; set; }

    public required string Event { get; set; }

    public CapUrgency Urgency { get; set; }

    public CapSeverity Severity { get; set; }

    public CapCertainty Certainty { get; set; }

    public CapResponseType ResponseType { get; set; }

    public DateTimeOffset? Onset { get; set; }

    public DateTimeOffset Expires { get; set; }

    public required string AreaDesc { get; set; }

    public required Geometry Area { get; set; }

    public long People { get; set; }

    public required IReadOnlyList<AlertText> Texts { get; set; }

    /// <summary>Why we believe it: <c>zone:ID:VERSION</c>, <c>assessment:ID</c>, <c>station:ID</c>, <c>alert:ID</c>.</summary>
    public required IReadOnlyList<string> Evidence { get; set; }

    /// <summary>The person who answers for the content; null while only the machine wrote it.</summary>
    public Guid? AuthorId { get; set; }

    public required string AuthorName { get; set; }

    public Guid? ApproverId { get; set; }

    public string? ApproverName { get; set; }

    public Guid? AlertId { get; set; }

    /// <summary>Why it was returned, rejected or superseded.</summary>
    public string? Reason { get; set; }

    /// <summary>SHA-256 (hex) of the canonical content; what an approver approves.</summary>
    public required string ContentHash { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public long LayerVersion { get; set; }

    public bool IsOpen => State is DraftState.Draft or DraftState.Submitted or DraftState.Returned;

    /// <summary>True until a person edits or submits it; the machine may still rewrite it.</summary>
    public bool IsMachines => AuthorId is null;
}
