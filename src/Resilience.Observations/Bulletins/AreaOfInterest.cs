using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Resilience.Core.Cap;
using Resilience.Core.Geography;

namespace Resilience.Observations.Bulletins;

/// <summary>
/// Which part of the world a feed of warnings is wanted for: a box, administrative units, a drawn area, or several of them together. What lies outside
/// raises nothing and fills no list, but is stored, counted, and can be asked for.
/// </summary>
public sealed record AreaOfInterest
{
    private const int MostUnits = 100;
    private const int LongestGeoJson = 200_000;

    /// <summary>West, south, east, north in degrees; west above east crosses the antimeridian. Empty: no box.</summary>
    public IReadOnlyList<double> Box { get; init; } = [];

    /// <summary>Codes of administrative units: <c>BT</c> (ISO 3166-1), <c>BT-33</c> (ISO 3166-2), or another scheme the tables know, as <c>HASC:BT.GA</c>.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Text of a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection of them; null: nothing drawn.</summary>
    public string? GeoJson { get; init; }

    /// <summary>As the database keeps it.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, AreaOfInterestJson.Default.AreaOfInterest);

    /// <summary>From what <see cref="ToJson"/> wrote; null for null.</summary>
    internal static AreaOfInterest? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize(json, AreaOfInterestJson.Default.AreaOfInterest);

    /// <summary>The area, or what is wrong with it in a plain sentence.</summary>
    internal (Geometry? Area, string? Fault) Resolve(AreaCodes codes)
    {
        if (Box.Count == 0 && Units.Count == 0 && string.IsNullOrWhiteSpace(GeoJson))
        {
            return (null, "the area of interest names no box, no unit and no GeoJSON");
        }

        if (Box.Count != 0 && (Box.Count != 4 || !Wgs84.IsPosition(Box[0], Box[1]) || !Wgs84.IsPosition(Box[2], Box[3]) || Box[0] == Box[2] || Box[1] >= Box[3]))
        {
            return (null, "the box is not west, south, east, north in degrees");
        }

        if (Units.Count > MostUnits || GeoJson?.Length > LongestGeoJson)
        {
            return (null, $"the area of interest names more than {MostUnits} units or has more than {LongestGeoJson:N0} characters of GeoJSON");
        }

        var parts = new List<Geometry>();
        if (Box.Count == 4)
        {
            parts.AddRange(Box[0] < Box[2] ? [Rectangle(Box[0], Box[2])] : [Rectangle(Box[0], 180), Rectangle(-180, Box[2])]);
        }

        foreach (var unit in Units)
        {
            if (codes.Find(CodeOf(unit)) is not { IsEmpty: false } found)
            {
                return (null, $"'{unit}' is no unit whose boundary is known here; write a country as BT, a part of one as BT-33, or another code with its scheme (HASC:BT.GA)");
            }

            parts.Add(found);
        }

        try
        {
            parts.AddRange(string.IsNullOrWhiteSpace(GeoJson) ? [] : ReadAreas.Of(GeoJson));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, $"the GeoJSON cannot be read: {exception.Message}");
        }

        return CapAreas.Union(parts) is { } area ? (area, null) : (null, "the area of interest encloses nothing");
    }

    private Polygon Rectangle(double west, double east) => (Polygon)Wgs84.Factory.ToGeometry(new Envelope(west, east, Box[1], Box[3]));

    private static CapPair CodeOf(string unit) => unit.IndexOf(':', StringComparison.Ordinal) is > 0 and var at
        ? new CapPair(unit[..at].Trim(), unit[(at + 1)..].Trim())
        : new CapPair(unit.Contains('-', StringComparison.Ordinal) ? "ISO3166-2" : "ISO3166-1", unit.Trim());

    /// <summary>GeoJSON as people draw it (RFC 7946): longitude first.</summary>
    private static class ReadAreas
    {
        internal static List<Geometry> Of(string text)
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            var areas = new List<Geometry>();
            Take(document.RootElement, areas);
            return areas.Count > 0 ? areas : throw new FormatException("it holds no polygon.");
        }

        private static void Take(JsonElement element, List<Geometry> into)
        {
            switch (element.GetProperty("type").GetString())
            {
                case "FeatureCollection":
                    foreach (var feature in element.GetProperty("features").EnumerateArray())
                    {
                        Take(feature, into);
                    }

                    break;
                case "GeometryCollection":
                    foreach (var geometry in element.GetProperty("geometries").EnumerateArray())
                    {
                        Take(geometry, into);
                    }

                    break;
                case "Feature":
                    Take(element.GetProperty("geometry"), into);
                    break;
                case "MultiPolygon":
                    into.AddRange(element.GetProperty("coordinates").EnumerateArray().Select(PolygonOf));
                    break;
                case "Polygon":
                    into.Add(PolygonOf(element.GetProperty("coordinates")));
                    break;
                default:
                    throw new FormatException($"a {element.GetProperty("type").GetString()} is no area; a Polygon or MultiPolygon is.");
            }
        }

        private static Geometry PolygonOf(JsonElement rings)
        {
            var read = rings.EnumerateArray().Select(RingOf).ToArray();
            Geometry polygon = Wgs84.Factory.CreatePolygon(read.Length > 0 ? read[0] : throw new FormatException("a polygon has no ring."), read[1..]);
            return polygon.IsValid ? polygon : GeometryFixer.Fix(polygon);
        }

        private static LinearRing RingOf(JsonElement ring) => Wgs84.Factory.CreateLinearRing([.. ring.EnumerateArray().Select(at =>
            at.GetArrayLength() >= 2 && Wgs84.IsPosition(at[0].GetDouble(), at[1].GetDouble()) ? new Coordinate(at[0].GetDouble(), at[1].GetDouble()) : throw new FormatException("a corner is no longitude and latitude."))]);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AreaOfInterest))]
internal sealed partial class AreaOfInterestJson : JsonSerializerContext;
