using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Resilience.Observations.LiveMap;

/// <summary>Writes areas as GeoJSON (RFC 7946), with six decimals: a decimetre.</summary>
internal static class GeometryJson
{
    /// <summary>A geometry on its own; null for null.</summary>
    internal static JsonElement? Of(Geometry? geometry)
    {
        if (geometry is null)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, geometry);
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    /// <summary>Writes a Polygon or MultiPolygon, or null for null.</summary>
    internal static void Write(Utf8JsonWriter json, Geometry? geometry)
    {
        switch (geometry)
        {
            case null:
                json.WriteNullValue();
                break;
            case Polygon polygon:
                Begin(json, "Polygon");
                WriteRings(json, polygon);
                json.WriteEndObject();
                break;
            case MultiPolygon many:
                Begin(json, "MultiPolygon");
                json.WriteStartArray();
                foreach (var part in many.Geometries.Cast<Polygon>())
                {
                    WriteRings(json, part);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"A {geometry.GeometryType} is no area.", nameof(geometry));
        }
    }

    private static void Begin(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WritePropertyName("coordinates");
    }

    private static void WriteRings(Utf8JsonWriter json, Polygon polygon)
    {
        json.WriteStartArray();
        for (var ring = -1; ring < polygon.NumInteriorRings; ring++)
        {
            json.WriteStartArray();
            foreach (var point in (ring < 0 ? polygon.ExteriorRing : polygon.GetInteriorRingN(ring)).Coordinates)
            {
                json.WriteStartArray();
                json.WriteNumberValue(Math.Round(point.X, 6));
                json.WriteNumberValue(Math.Round(point.Y, 6));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
