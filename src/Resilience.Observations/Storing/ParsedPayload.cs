using System.Globalization;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace Resilience.Observations.Storing;

/// <summary>A station as a payload describes it.</summary>
public sealed record ParsedStation(string Id, string Name, Point Location)
{
    /// <summary>Height of the ground above the sea in metres; null when the source does not say.</summary>
    public double? Elevation { get; init; }

    /// <summary>River or lake; null when the source does not say.</summary>
    public string? River { get; init; }

    /// <summary>Low end of the typical range of stage.</summary>
    public double? ReferenceLow { get; init; }

    /// <summary>High end of the typical range of stage.</summary>
    public double? ReferenceHigh { get; init; }

    /// <summary>Highest stage on record.</summary>
    public double? ReferenceRecord { get; init; }

    /// <summary>Unit of the reference values.</summary>
    public string? ReferenceUnit { get; init; }

    /// <summary>True when only a position is known: such a station never overwrites one with a name.</summary>
    public bool PositionOnly { get; init; }
}

/// <summary>A datastream as a payload describes it.</summary>
/// <param name="Id">Station id and the source's code.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Property">What it observes.</param>
/// <param name="Unit">The source's unit.</param>
/// <param name="Name">What the source calls it.</param>
/// <param name="ExpectedEvery">How often a value is expected; null: as often as the feed is asked.</param>
/// <param name="SourceSeries">The source's id of the series where one code can have several.</param>
public sealed record ParsedDatastream(string Id, string StationId, ObservedProperty Property, string Unit, string Name, TimeSpan? ExpectedEvery = null, string? SourceSeries = null);

/// <summary>One value as a payload gives it.</summary>
/// <param name="DatastreamId">A datastream of the same payload, or one stored before.</param>
/// <param name="Time">Phenomenon time, unshifted.</param>
/// <param name="Result">The raw value; finite.</param>
/// <param name="Qualifier">The source's marks as written, or null.</param>
/// <param name="Doubted">The marks say that the source itself doubts the value.</param>
/// <param name="ResultTime">When it was made known, unshifted; null when the source does not say.</param>
public readonly record struct ParsedObservation(string DatastreamId, DateTimeOffset Time, double Result, string? Qualifier = null, bool Doubted = false, DateTimeOffset? ResultTime = null);

/// <summary>What a format reader made of one payload: the one internal model behind all formats.</summary>
public sealed class ParsedPayload
{
    private const int SamplesPerReason = 20;
    private const int LongestExample = 120;
    private readonly SortedDictionary<string, (int Count, List<string> Samples)> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Repair> _repairs = new(StringComparer.Ordinal);

    /// <summary>Stations by id; a later mention replaces an earlier.</summary>
    public Dictionary<string, ParsedStation> Stations { get; } = [];

    /// <summary>Datastreams by id.</summary>
    public Dictionary<string, ParsedDatastream> Datastreams { get; } = [];

    /// <summary>Observations in the payload's order; the same time may come twice.</summary>
    public List<ParsedObservation> Observations { get; } = [];

    /// <summary>Rasters; a payload of observations has none.</summary>
    public List<ParsedCoverage> Coverages { get; } = [];

    /// <summary>Announcements of other authorities, in the payload's order.</summary>
    public List<ParsedBulletin> Bulletins { get; } = [];

    /// <summary>Entries whose announcement lies behind a link.</summary>
    public List<LinkedEntry> Links { get; } = [];

    /// <summary>Items that say "no value now" (the source's missing mark, ice): the station speaks, but gives no number.</summary>
    public int Missing { get; set; }

    /// <summary>Items that told something: observations, values said to be missing, rasters, announcements.</summary>
    public int Usable => Observations.Count + Missing + Coverages.Count + Bulletins.Count + Links.Count;

    /// <summary>SHA-256 of the raw payload, when there is one.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Size of the raw payload in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>The next page, or null.</summary>
    public Uri? Next { get; set; }

    /// <summary>How many items the page held when it was as full as its server allows, so that there may be more; else null.</summary>
    public int? FullPage { get; set; }

    /// <summary>Items that could not be used, by reason: how many, and the first few.</summary>
    public IReadOnlyDictionary<string, (int Count, List<string> Samples)> Refused => _refused;

    /// <summary>What was put right on reading, by kind (one of <see cref="RepairKinds"/>).</summary>
    public IReadOnlyDictionary<string, Repair> Repairs => _repairs;

    /// <summary>Records that an item was put right. The first of a kind is kept as its example.</summary>
    public void Repair(string kind, string before, Func<string> after)
    {
        ArgumentNullException.ThrowIfNull(after);
        _repairs[kind] = _repairs.TryGetValue(kind, out var there) ? there with { Count = there.Count + 1 } : new Repair(1, Shorten(before), Shorten(after()));
    }

    /// <summary>Records that a time was put right. A document may have a million of them: only the first is written out.</summary>
    public void Repair(string kind, string before, DateTimeOffset after)
    {
        ref var there = ref CollectionsMarshal.GetValueRefOrAddDefault(_repairs, kind, out var known);
        there = known ? there! with { Count = there.Count + 1 } : new Repair(1, Shorten(before), after.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>Takes over what was put right in another document, as that of a message an index links to.</summary>
    public void TakeRepairs(ParsedPayload other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (kind, repair) in other.Repairs)
        {
            _repairs[kind] = _repairs.TryGetValue(kind, out var there) ? there with { Count = there.Count + repair.Count } : repair;
        }
    }

    /// <summary>Sets an item aside with its reason; memory stays bounded however many there are.</summary>
    public void Refuse(string reason, string what)
    {
        var (count, samples) = _refused.TryGetValue(reason, out var there) ? there : (0, []);
        if (samples.Count < SamplesPerReason)
        {
            samples.Add(Shorten(what));
        }

        _refused[reason] = (count + 1, samples);
    }

    private static string Shorten(string text) => text.Length > LongestExample ? text[..LongestExample] : text;
}
