using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Ratings;
using Resilience.Observations;

namespace Resilience.Hazards.Thresholds;

/// <summary>
/// Which thresholds a datastream is judged by: the published flood stages of <c>geodata/hazards/thresholds.json</c>, else what stands in for
/// them and is marked assumed. Immutable and thread-safe.
/// </summary>
public sealed partial class ThresholdBook
{
    private const string StandIn = "A typical range is not a warning threshold; it stands in because none is published here.";
    private readonly Dictionary<(string Station, ObservedProperty Property), ThresholdEntry> _published;
    private readonly RainBook _rain;
    private readonly SlopeBook _slopes;

    private ThresholdBook(IEnumerable<ThresholdEntry> entries, RainBook rain, SlopeBook slopes) =>
        (_published, _rain, _slopes) = (entries.ToDictionary(entry => (entry.Station, entry.Property)), rain, slopes);

    /// <summary>Reads the book from JSON.</summary>
    public static ThresholdBook Read(Stream json, RainBook? rain = null, SlopeBook? slopes = null)
    {
        var file = JsonSerializer.Deserialize(json, ThresholdJson.Default.ThresholdFile) ?? throw new InvalidDataException("The threshold file is empty.");
        return new ThresholdBook(file.Stations, rain ?? RainBook.Empty, slopes ?? SlopeBook.Empty);
    }

    /// <summary>Reads the carried book.</summary>
    public static ThresholdBook Read(GeodataDirectory geodata)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        using var file = File.OpenRead(geodata.File("hazards", "thresholds.json"));
        return Read(file, RainBook.Read(geodata), SlopeBook.Read(geodata));
    }

    /// <summary>What a datastream may be judged for, the one that names it first; none when nobody judges what it measures.</summary>
    public static IReadOnlyList<HazardKind> ConcernsOf(ObservedProperty property) => property switch
    {
        ObservedProperty.Rainfall => [HazardKind.HeavyRain, HazardKind.Landslide],
        ObservedProperty.AirTemperature => [HazardKind.ExtremeHeat],
        ObservedProperty.Stage or ObservedProperty.Discharge => [HazardKind.RiverFlood],
        ObservedProperty.LakeLevel => [HazardKind.GlacialLakeOutburst],
        _ => [],
    };

    /// <summary>What people call the threshold at which a level begins.</summary>
    internal static string Label(HazardKind concern, HazardLevel level) => concern switch
    {
        HazardKind.HeavyRain => RainBook.Label(level),
        HazardKind.Landslide => SlopeBook.Label(level),
        _ => Label(level),
    };

    /// <summary>
    /// How the datastream is judged for a concern, or null when it is not: it measures something else, its unit is unknown, or nothing says what is high
    /// or much (a lake is judged even so, by how it rises and falls). The agency's own thresholds, where given, take the place of the book's. A rating is given where
    /// the station measures only one of stage and discharge: thresholds of the other are turned by it.
    /// </summary>
    public Setting? Find(Station station, Datastream datastream, HazardKind concern, IReadOnlyList<StageThreshold>? own = null, RatingCurve? rating = null)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(datastream);
        if (!ConcernsOf(datastream.Property).Contains(concern))
        {
            return null;
        }

        if (datastream.Property == ObservedProperty.Rainfall)
        {
            return FindRain(station, datastream, concern == HazardKind.Landslide ? RainParameters.Slopes : RainParameters.Default, own);
        }

        if (datastream.Property == ObservedProperty.AirTemperature)
        {
            return Units.TryToCanonical(0, datastream.Unit, out _, out var canonical) && canonical == "°C"
                ? new Setting(FeltRule.Classes, EveryOf(datastream), StageParameters.ForUnit("m")!, null) { Felt = new FeltParameters(datastream.Unit) } : null;
        }

        if (datastream.Property == ObservedProperty.Discharge)
        {
            return FindDischarge(station, datastream, own, rating);
        }

        if (datastream.Property is not (ObservedProperty.Stage or ObservedProperty.LakeLevel) || StageParameters.ForUnit(datastream.Unit) is not { } stage)
        {
            return null;
        }

        var lake = datastream.Property == ObservedProperty.LakeLevel ? LakeParameters.ForUnit(datastream.Unit) : null;
        var thresholds = own ?? (_published.TryGetValue((station.Id, datastream.Property), out var entry) ? Published(entry, datastream.Unit)
            : Rated(station, ObservedProperty.Discharge, datastream, rating) is { Count: > 0 } rated ? rated : Assumed(station, datastream));
        var every = EveryOf(datastream);
        return lake is null
            ? thresholds.Count == 0 ? null : new Setting(thresholds, every, stage, null)
            : new Setting(thresholds, every, stage with { MinimumBelow = lake.Calm }, lake);
    }

    private Setting? FindDischarge(Station station, Datastream datastream, IReadOnlyList<StageThreshold>? own, RatingCurve? rating)
    {
        if (!Units.TryFactor(datastream.Unit, out _, out var canonical) || canonical != "m³/s")
        {
            return null;
        }

        var thresholds = own ?? (_published.TryGetValue((station.Id, ObservedProperty.Discharge), out var entry) ? Published(entry, datastream.Unit) : Rated(station, ObservedProperty.Stage, datastream, rating));
        return thresholds.Count == 0 || thresholds[0].Value <= 0 ? null : new Setting(thresholds, EveryOf(datastream), StageParameters.ForDischarge(thresholds[0].Value), null);
    }

    /// <summary>The published thresholds of the other property, turned by the rating. Of stages above an ordnance datum none: the rating is above the gauge's own.</summary>
    private IReadOnlyList<StageThreshold> Rated(Station station, ObservedProperty other, Datastream datastream, RatingCurve? rating) =>
        rating is not null && datastream.Unit is not ("mAOD" or "mBDAT") && _published.TryGetValue((station.Id, other), out var entry)
            ? RateThresholds.Turn(Published(entry, entry.Unit), rating, datastream.Unit) : [];

    private Setting? FindRain(Station station, Datastream datastream, RainParameters rain, IReadOnlyList<StageThreshold>? own)
    {
        // A weather report tells its rain only when there was some, in hours that overlap: its silence is neither dry weather nor a broken gauge.
        if (!Units.TryFactor(datastream.Unit, out _, out var canonical) || canonical != "mm" || IsReport(datastream))
        {
            return null;
        }

        var thresholds = own ?? (rain.Concern == HazardKind.Landslide ? _slopes.Find(station.Location.Coordinate, datastream.Unit)
            : _published.TryGetValue((station.Id, ObservedProperty.Rainfall), out var entry) ? Published(entry, datastream.Unit) : _rain.Find(station.Location.Coordinate, datastream.Unit));
        return thresholds.Count == 0 ? null : new Setting(thresholds, EveryOf(datastream), StageParameters.ForUnit("m")!, null) { Rain = rain };
    }

    /// <summary>Whether it is the rain of a weather report.</summary>
    internal static bool IsReport(Datastream datastream) => OfReport().IsMatch(datastream.Id);

    [GeneratedRegex(@":rain-\d{1,2}h$")]
    private static partial Regex OfReport();

    private static TimeSpan EveryOf(Datastream datastream) => datastream.ExpectedEvery > TimeSpan.Zero ? datastream.ExpectedEvery : TimeSpan.FromMinutes(15);

    private static List<StageThreshold> Published(ThresholdEntry entry, string unit)
    {
        if (!Units.TryFactor(entry.Unit, out var from, out var canonical) || !Units.TryFactor(unit, out var to, out var other) || canonical != other)
        {
            return [];
        }

        // The same unit is left as it is, so that 18.0 ft stays 18.0 and not 17.999…
        return [.. entry.Thresholds.OrderBy(t => t.Value)
            .Select(t => new StageThreshold(t.Level, entry.Unit == unit ? t.Value : t.Value * from / to, unit, t.Hours is not null ? RainBook.Label(t.Level) : entry.Property == ObservedProperty.Discharge ? FlowLabel(t.Level) : Label(t.Level), t.Source, t.Assumed, t.Hours))];
    }

    private static List<StageThreshold> Assumed(Station station, Datastream datastream)
    {
        // Reference values belong to the station's main datastream and to its own datum: a level above another zero is not comparable.
        var comparable = station.ReferenceUnit == datastream.Unit && (station.MainDatastreamId is null || station.MainDatastreamId == datastream.Id);
        if (!comparable || station.ReferenceHigh is not { } high)
        {
            return [];
        }

        List<StageThreshold> thresholds = [new(HazardLevel.Action, high, datastream.Unit, "top of its typical range", StandIn, Assumed: true)];
        if (station.ReferenceRecord is { } record && record > high)
        {
            thresholds.Add(new StageThreshold(HazardLevel.Moderate, record, datastream.Unit, "highest level on record", StandIn, Assumed: true));
        }

        return thresholds;
    }

    private static string FlowLabel(HazardLevel level) => Label(level).Replace("stage", "discharge", StringComparison.Ordinal);

    internal static string Label(HazardLevel level) => level switch
    {
        HazardLevel.Action => "action stage",
        HazardLevel.Minor => "flood stage",
        HazardLevel.Moderate => "moderate flood stage",
        _ => "major flood stage",
    };
}

/// <summary>The file as it is written.</summary>
internal sealed record ThresholdFile(IReadOnlyList<ThresholdEntry> Stations);

/// <summary>One station's published thresholds.</summary>
internal sealed record ThresholdEntry(string Station, string Name, ObservedProperty Property, string Unit, IReadOnlyList<PublishedThreshold> Thresholds);

/// <summary>One of them.</summary>
internal sealed record PublishedThreshold(HazardLevel Level, double Value, bool Assumed, string Source, int? Hours = null);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ThresholdFile))]
internal sealed partial class ThresholdJson : JsonSerializerContext;
