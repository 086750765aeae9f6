using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Ratings;

namespace Resilience.Hazards.Recomputing;

/// <summary>
/// All that the rules were given when they made an assessment: from it the same comes out again, whatever has happened since to observations, thresholds, ratings and
/// the rules' memory. What evidence shows people is a part of it.
/// </summary>
/// <param name="DatastreamId">The datastream.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Setting">Thresholds and tuning.</param>
/// <param name="Before">What the rule remembered.</param>
/// <param name="Readings">What was new.</param>
/// <param name="Now">The chain's time.</param>
/// <param name="Upstream">A rise above a silent gauge.</param>
/// <param name="Beside">Humidity and wind that came with it.</param>
/// <param name="Record">The annual maxima it was held against.</param>
/// <param name="RecordRating">Version of the rating by which a stage became a flow, to be held against them.</param>
internal sealed record Basis(
    string DatastreamId, string Unit, Setting Setting, Memory Before, [property: JsonConverter(typeof(ReadingsJson))] ImmutableArray<Reading> Readings, DateTimeOffset Now, UpstreamRise? Upstream, Beside? Beside,
    AnnualMaxima? Record, string? RecordRating)
{
    /// <summary>The versions of the ratings it rests on.</summary>
    [JsonIgnore]
    internal IEnumerable<string> Ratings => Setting.Thresholds.Select(one => one.Rated?.Version).Append(RecordRating).OfType<string>().Distinct();

    internal byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, this, BasisJson.Default.Basis);
        }

        return packed.ToArray();
    }

    internal static Basis Unpack(byte[] content)
    {
        using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, BasisJson.Default.Basis)!;
    }
}

/// <summary>A basis as it is kept: one for all assessments that came of one look at a datastream.</summary>
/// <remarks>
/// Kept as long as its assessments, that is for good. It is small beside them: over the recorded events of the demonstration 0.5 kB on average and 1.1 kB at most, where
/// an assessment with its evidence is 2 kB; and both are written only when a level changes.
/// </remarks>
public sealed record KeptBasis
{
    /// <summary>Follows from the first of the assessments and the moment: made again later, it is another one.</summary>
    public required Guid Id { get; init; }

    /// <summary>The basis as JSON, packed by Brotli.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>A rating that turned thresholds or stages of a kept assessment: the file it was read from may be another one by now.</summary>
public sealed record KeptRating
{
    /// <summary>Hash of the file it was read from.</summary>
    public required string Version { get; init; }

    /// <summary>JSON of the curve.</summary>
    public required string Curve { get; init; }

    internal static KeptRating Of(RatingCurve rating) => new()
    {
        Version = rating.Version,
        Curve = JsonSerializer.Serialize(new CurveShape(rating.Segments, rating.HighestGauging, rating.StageUnit, rating.DischargeUnit, rating.Source), BasisJson.Default.CurveShape),
    };

    internal RatingCurve Read()
    {
        var shape = JsonSerializer.Deserialize(Curve, BasisJson.Default.CurveShape)!;
        return new RatingCurve(shape.Segments, shape.HighestGauging, shape.StageUnit, shape.DischargeUnit, shape.Source, Version);
    }
}

/// <summary>A curve as it is written.</summary>
internal sealed record CurveShape(IReadOnlyList<RatingSegment> Segments, double HighestGauging, string StageUnit, string DischargeUnit, string Source);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Basis))]
[JsonSerializable(typeof(CurveShape))]
internal sealed partial class BasisJson : JsonSerializerContext;
