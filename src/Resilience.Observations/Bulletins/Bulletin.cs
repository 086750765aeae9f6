using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Observations.Bulletins;

/// <summary>A text of a bulletin in one language, as its authority wrote it.</summary>
/// <param name="Language">BCP 47; <c>en-US</c> where CAP says nothing.</param>
/// <param name="Headline">May be empty.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Instruction">May be empty.</param>
public sealed record BulletinText(string Language, string Headline, string Description, string Instruction);

/// <summary>
/// What another authority announced: one part of one message (a message may speak of several areas or dangers; its translations are one
/// part). Rows are only added: an update is another message. What stands now follows from all messages of a thread, in whatever order
/// they came: <see cref="JudgeThread"/>.
/// </summary>
public sealed record Bulletin
{
    /// <summary>Follows from feed, identifier, edition, content and part.</summary>
    public required Guid Id { get; init; }

    /// <summary>The feed it came by.</summary>
    public required string FeedId { get; init; }

    /// <summary>
    /// The thread it belongs to: all messages that refer to one another. Follows from the oldest name of the thread, so it may change
    /// once when an older message becomes known.
    /// </summary>
    public required Guid Thread { get; set; }

    /// <summary>The message's own identifier (CAP), or the event's key (<c>EQ:1234:1</c>, a USGS event id).</summary>
    public required string Identifier { get; init; }

    /// <summary>Counts editions where the source does (GDACS: the episode); else 0.</summary>
    public required long Edition { get; init; }

    /// <summary>When this edition was made: CAP <c>sent</c>, or the source's time of modification.</summary>
    public required DateTimeOffset Revised { get; init; }

    /// <summary>SHA-256 of what it says; tells two contents under one identifier apart.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Number of the part within the message, from 0.</summary>
    public required int Part { get; init; }

    /// <summary>Alert, Update, Cancel; Ack and Error say nothing about the world.</summary>
    public required CapMsgType MsgType { get; init; }

    /// <summary>Only Actual is real.</summary>
    public required CapStatus Status { get; init; }

    /// <summary>The newest such message of a thread replaces all before it, whether it refers to them or not.</summary>
    public required bool ReplacesThread { get; init; }

    /// <summary>Identifiers of the messages it updates or cancels; JSON array.</summary>
    public required string RefersTo { get; init; }

    /// <summary>CAP <c>sender</c>, or the source's name.</summary>
    public required string Sender { get; init; }

    /// <summary>Whose warning it is, for people.</summary>
    public required string Authority { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>Our kind; Other where its words fit none.</summary>
    public required HazardKind Kind { get; init; }

    /// <summary>The event in the authority's own words.</summary>
    public required string Event { get; init; }

    /// <summary>CAP urgency.</summary>
    public required CapUrgency Urgency { get; init; }

    /// <summary>CAP severity as the authority has it.</summary>
    public required CapSeverity Severity { get; init; }

    /// <summary>CAP certainty.</summary>
    public required CapCertainty Certainty { get; init; }

    /// <summary>From when it counts; null: from <see cref="Sent"/>.</summary>
    public DateTimeOffset? Effective { get; init; }

    /// <summary>When the danger begins; null when not said.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>When it ends as the authority says; null when it does not say. See <see cref="StandsUntil"/>.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>JSON array of <see cref="BulletinText"/>.</summary>
    public required string Texts { get; init; }

    /// <summary>Where, in the authority's words.</summary>
    public required string AreaDesc { get; init; }

    /// <summary>Polygons, or a point where only that is known; null when no code of it is known here.</summary>
    public Geometry? Area { get; init; }

    /// <summary>Area codes unknown here, as <c>scheme value</c>; JSON array.</summary>
    public required string UnknownCodes { get; init; }

    /// <summary>Of an earthquake or a blast.</summary>
    public double? Magnitude { get; init; }

    /// <summary>Of an earthquake or a blast, in kilometres.</summary>
    public double? DepthKm { get; init; }

    /// <summary>Where to read more; http or https.</summary>
    public string? Web { get; init; }

    /// <summary>What was not as its standard has it and how it was read; JSON array of sentences.</summary>
    public required string Findings { get; init; }

    /// <summary>True for an exercise, or from a feed of drills.</summary>
    public required bool Exercise { get; init; }

    /// <summary>It lies outside the area its feed is wanted for (<see cref="AreaOfInterest"/>): kept, but neither relayed nor listed with the others.</summary>
    public bool Outside { get; set; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the feed last listed it.</summary>
    public required DateTimeOffset LastListed { get; set; }

    /// <summary>The raw payload it stood in, while that is kept.</summary>
    public string? PayloadSha256 { get; init; }

    /// <summary>The message as received, in <see cref="BulletinRaw"/>.</summary>
    public string? RawSha256 { get; init; }

    /// <summary>
    /// Until when it counts. Without an end of its own: <see cref="WithoutEnd"/> after it was sent, begun or last listed, whichever is
    /// latest, so that a warning whose feed goes on naming it stands, and one that nobody repeats fades by itself.
    /// </summary>
    public DateTimeOffset StandsUntil => Expires ?? Later(Later(Sent, Onset ?? Sent), LastListed) + WithoutEnd;

    /// <summary>How far around a point one reaches of which no extent is known.</summary>
    /// <value>25 km.</value>
    public const double PointRadiusMetres = 25_000;

    /// <summary>How long a bulletin without an end stands when nothing more is heard.</summary>
    /// <value>24 hours: the longest that CAP authorities' own guidance lets an alert run without renewal.</value>
    public static readonly TimeSpan WithoutEnd = TimeSpan.FromHours(24);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>A name a message is known or referred to by.</summary>
public sealed class BulletinName
{
    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>An identifier, or another id of the same event.</summary>
    public required string Name { get; init; }

    /// <summary>The earliest time given with it.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>The thread.</summary>
    public required Guid Thread { get; set; }
}

/// <summary>An entry of an index whose message was fetched.</summary>
public sealed class BulletinEntry
{
    /// <summary>The feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>The entry's id.</summary>
    public required string Entry { get; init; }

    /// <summary>When the entry said it was last updated, as written; empty when it did not.</summary>
    public required string Updated { get; set; }

    /// <summary>When its message was fetched.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When it last could not be fetched or read; null once it was.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary><see cref="Bulletin.ContentHash"/> of the message found behind it; empty when it held none.</summary>
    public required string ContentHash { get; set; }
}

/// <summary>A message as received.</summary>
public sealed class BulletinRaw
{
    /// <summary>Of the bytes, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The bytes, gzip-compressed.</summary>
    public required byte[] Gzip { get; init; }
}
