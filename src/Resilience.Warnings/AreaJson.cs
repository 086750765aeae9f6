using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using Resilience.Core.Geography;

namespace Resilience.Warnings;

/// <summary>Areas as GeoJSON geometries (RFC 7946, longitude first). Bounded: an area with more than 20,000 positions is refused.</summary>
internal sealed class AreaJson : JsonConverter<Geometry>
{
    private const int MostPositions = 20_000;
    private static readonly JsonSerializerOptions Plain = new();
    private static readonly JsonConverter<Geometry> Converter = (JsonConverter<Geometry>)new GeoJsonConverterFactory(Wgs84.Factory).CreateConverter(typeof(Geometry), Plain)!;

    public override Geometry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Geometry? area;
        try
        {
            area = Converter.Read(ref reader, typeof(Geometry), Plain);
        }
        catch (ArgumentException exception)
        {
            throw new JsonException("The area's rings are not closed.", exception);
        }

        return area is Polygon or MultiPolygon && area.NumPoints <= MostPositions && area.Coordinates.All(c => Wgs84.IsPosition(c.X, c.Y))
            ? area
            : throw new JsonException("The area must be a Polygon or MultiPolygon in degrees, longitude first, with at most 20,000 positions.");
    }

    public override void Write(Utf8JsonWriter writer, Geometry value, JsonSerializerOptions options) => Converter.Write(writer, value, Plain);
}
