using System.Buffers;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Resilience.Observations.LiveMap;

/// <summary>Writes GeoJSON features as the faces read them.</summary>
internal static class FeatureJson
{
    private static readonly QualityFlags[] AllFlags = [.. Enum.GetValues<QualityFlags>().Where(flag => flag != QualityFlags.None)];

    /// <summary>A feature with a point or, for null, without geometry.</summary>
    internal static byte[] Write(string id, Coordinate? point, Action<Utf8JsonWriter> properties) => WriteArea(id, json => WritePoint(json, point), properties);

    /// <summary>A feature whose geometry is written by the caller.</summary>
    internal static byte[] WriteArea(string id, Action<Utf8JsonWriter> geometry, Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(768);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteString("id", id);
            json.WritePropertyName("geometry");
            geometry(json);
            json.WriteStartObject("properties");
            properties(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePoint(Utf8JsonWriter json, Coordinate? point)
    {
        if (point is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(Math.Round(point.X, 6));
        json.WriteNumberValue(Math.Round(point.Y, 6));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, at.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>The flags that are set, by name.</summary>
    internal static string[] Names(QualityFlags flags) => flags == QualityFlags.None ? [] : [.. AllFlags.Where(flag => flags.HasFlag(flag)).Select(flag => flag.ToString())];
}
