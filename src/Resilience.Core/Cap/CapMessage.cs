using NetTopologySuite.Geometries;

#pragma warning disable CS1591 // The names and their meanings are the standard's; a remark stands where one would have to guess.
namespace Resilience.Core.Cap;

/// <summary>A CAP 1.2 message, element for element; names are the standard's.</summary>
public sealed record CapMessage
{
    public required string Identifier { get; init; }

    public required string Sender { get; init; }

    public required CapTime Sent { get; init; }

    public required CapStatus Status { get; init; }

    public required CapMsgType MsgType { get; init; }

    public string? Source { get; init; }

    /// <summary>Null only in messages of CAP 1.0, where it could be left out.</summary>
    public CapScope? Scope { get; init; }

    public string? Restriction { get; init; }

    public string? Addresses { get; init; }

    public IReadOnlyList<string> Codes { get; init; } = [];

    public string? Note { get; init; }

    public string? References { get; init; }

    public string? Incidents { get; init; }

    public IReadOnlyList<CapInfo> Infos { get; init; } = [];
}

/// <summary>One <c>info</c>: what, how bad, what to do, in one language.</summary>
public sealed record CapInfo
{
    /// <summary>BCP 47; null means <c>en-US</c> by the standard.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<CapCategory> Categories { get; init; } = [];

    public required string Event { get; init; }

    public IReadOnlyList<CapResponseType> ResponseTypes { get; init; } = [];

    public required CapUrgency Urgency { get; init; }

    public required CapSeverity Severity { get; init; }

    public required CapCertainty Certainty { get; init; }

    public string? Audience { get; init; }

    public IReadOnlyList<CapPair> EventCodes { get; init; } = [];

    public CapTime? Effective { get; init; }

    public CapTime? Onset { get; init; }

    public CapTime? Expires { get; init; }

    public string? SenderName { get; init; }

    public string? Headline { get; init; }

    public string? Description { get; init; }

    public string? Instruction { get; init; }

    public string? Web { get; init; }

    public string? Contact { get; init; }

    public IReadOnlyList<CapPair> Parameters { get; init; } = [];

    public IReadOnlyList<CapResource> Resources { get; init; } = [];

    public IReadOnlyList<CapArea> Areas { get; init; } = [];
}

/// <summary>A <c>valueName</c> and its <c>value</c>: event code, parameter or geocode.</summary>
public sealed record CapPair(string ValueName, string Value);

/// <summary>A file that goes with an info.</summary>
public sealed record CapResource
{
    public required string ResourceDesc { get; init; }

    /// <summary>Null only in messages older than 1.2.</summary>
    public string? MimeType { get; init; }

    public string? Size { get; init; }

    public string? Uri { get; init; }

    /// <summary>The file itself, base64.</summary>
    public string? DerefUri { get; init; }

    /// <summary>SHA-1, hex, by the standard.</summary>
    public string? Digest { get; init; }
}

/// <summary>Where: polygons and circles together (a union); geocodes say the same by code.</summary>
public sealed record CapArea
{
    public required string AreaDesc { get; init; }

    /// <summary>Closed rings in our axis order (x longitude, y latitude); CAP's own text has latitude first.</summary>
    public IReadOnlyList<IReadOnlyList<Coordinate>> Polygons { get; init; } = [];

    public IReadOnlyList<CapCircle> Circles { get; init; } = [];

    public IReadOnlyList<CapPair> Geocodes { get; init; } = [];

    public string? Altitude { get; init; }

    public string? Ceiling { get; init; }
}

/// <summary>A circle; the radius is in kilometres and may be 0, which means the point itself.</summary>
public sealed record CapCircle(double Latitude, double Longitude, double RadiusKm);
