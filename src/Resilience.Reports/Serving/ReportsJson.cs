using System.Text.Json.Serialization;

namespace Resilience.Reports.Serving;

/// <summary>A post as the faces see it (<c>PostProperties</c>).</summary>
public sealed record PostProperties(
    Guid Id, string Text, string Lang, string Category, double PCategory, double PInformative, string Model, string? Place, double? RadiusKm,
    DateTimeOffset Time, string Source, bool Exercise, long ShiftSeconds);

/// <summary>A line that could not be read, as the faces see it (<c>Quarantined</c>).</summary>
public sealed record QuarantinedView(long Id, string Feed, DateTimeOffset ReceivedAt, string Reason, string Detail, int Bytes);

/// <summary>A source's health as the faces see it (<c>FeedProperties</c>).</summary>
public sealed record FeedProperties(
    string Id, string Name, string State, DateTimeOffset? LastGood, DateTimeOffset? LastTried, int EverySeconds, string? LastError, int Stations,
    int SilentStations, int Quarantined, string Credit, string Kind);

/// <summary>A cell of the density layer as the faces see it (<c>DensityProperties</c>). Counts are of different origins.</summary>
public sealed record DensityProperties(
    string Id, int Level, double Km, int AtLeast, int? AtMost, DensityPart[] Parts, DateTimeOffset Since, DateTimeOffset Until, int WindowHours, bool Exercise);

/// <summary>How many of a cell's origins speak of one category, or of several that are too few each (<c>mixed</c>).</summary>
public sealed record DensityPart(string Category, int AtLeast, int? AtMost);

internal sealed record DensityFeature(string Type, string Id, PolygonGeometry Geometry, DensityProperties Properties);

internal sealed record PolygonGeometry(string Type, double[][][] Coordinates);

internal sealed record Feature<TProperties>(string Type, string Id, PointGeometry? Geometry, TProperties Properties);

internal sealed record PointGeometry(string Type, double[] Coordinates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Feature<PostProperties>))]
[JsonSerializable(typeof(Feature<FeedProperties>))]
[JsonSerializable(typeof(DensityFeature))]
[JsonSerializable(typeof(PostProperties))]
[JsonSerializable(typeof(QuarantinedView[]))]
internal sealed partial class ReportsJson : JsonSerializerContext;
