using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Observations.Storing;

/// <summary>An announcement of another authority as a payload gives it.</summary>
public sealed record ParsedBulletin
{
    /// <summary>The message's identifier or the event's key.</summary>
    public required string Identifier { get; init; }

    /// <summary>Counts editions where the source does; else 0.</summary>
    public long Edition { get; init; }

    /// <summary>When this edition was made, unshifted.</summary>
    public required DateTimeOffset Revised { get; init; }

    /// <summary>The newest such message of a thread replaces all before it.</summary>
    public bool ReplacesThread { get; init; }

    /// <summary>Other names of the same event, and the event's own name where its messages have names of their own.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What it updates or cancels; the time (unshifted) is null where it could not be read.</summary>
    public IReadOnlyList<(string Identifier, DateTimeOffset? Sent)> References { get; init; } = [];

    /// <summary>CAP status.</summary>
    public required CapStatus Status { get; init; }

    /// <summary>CAP msgType.</summary>
    public required CapMsgType MsgType { get; init; }

    /// <summary>CAP sender, or the source's name.</summary>
    public required string Sender { get; init; }

    /// <summary>Whose warning it is, for people.</summary>
    public required string Authority { get; init; }

    /// <summary>When it was sent, unshifted.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>Its parts; at least one, also for a Cancel that says nothing but that.</summary>
    public required IReadOnlyList<ParsedPart> Parts { get; init; }

    /// <summary>What was not as its standard has it.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The message as received.</summary>
    public string? Raw { get; init; }
}

/// <summary>One danger to one set of areas, in all its languages.</summary>
public sealed record ParsedPart
{
    /// <summary>Our kind.</summary>
    public required HazardKind Kind { get; init; }

    /// <summary>The authority's word.</summary>
    public required string Event { get; init; }

    /// <summary>CAP urgency.</summary>
    public CapUrgency Urgency { get; init; }

    /// <summary>CAP severity.</summary>
    public CapSeverity Severity { get; init; }

    /// <summary>CAP certainty.</summary>
    public CapCertainty Certainty { get; init; }

    /// <summary>Unshifted.</summary>
    public DateTimeOffset? Effective { get; init; }

    /// <summary>Unshifted.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>Unshifted.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Language, headline, description, instruction.</summary>
    public IReadOnlyList<(string Language, string Headline, string Description, string Instruction)> Texts { get; init; } = [];

    /// <summary>Its areas; a union.</summary>
    public IReadOnlyList<ParsedArea> Areas { get; init; } = [];

    /// <summary>Of an earthquake or a blast.</summary>
    public double? Magnitude { get; init; }

    /// <summary>Of an earthquake or a blast, kilometres.</summary>
    public double? DepthKm { get; init; }

    /// <summary>Where to read more, as written.</summary>
    public string? Web { get; init; }
}

/// <summary>One area: drawn, or by codes that are to be looked up.</summary>
/// <param name="Words">In the authority's words.</param>
/// <param name="Shape">As drawn; null when only codes say where.</param>
/// <param name="Codes">Scheme and value; they say the same as the shape where there is one.</param>
public sealed record ParsedArea(string Words, Geometry? Shape, IReadOnlyList<CapPair> Codes);

/// <summary>An entry of an index that only links to its message.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Updated">When it was updated, as written; empty when not said.</param>
/// <param name="Address">Where the message lies: absolute, or relative to the index.</param>
public sealed record LinkedEntry(string Entry, string Updated, Uri Address);
