using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetTopologySuite.Geometries;

namespace Resilience.Warnings;

/// <summary>Writes a map feature: a GeoJSON Feature in UTF-8.</summary>
internal static class Features
{
    private static readonly AreaJson Areas = new();

    internal static ReadOnlyMemory<byte> Write<T>(Guid id, Geometry area, T properties, JsonTypeInfo<T> typeInfo)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteString("id", id.ToString());
            json.WritePropertyName("geometry");
            if (area.IsEmpty)
            {
                json.WriteNullValue();
            }
            else
            {
                Areas.Write(json, area, typeInfo.Options);
            }

            json.WritePropertyName("properties");
            JsonSerializer.Serialize(json, properties, typeInfo);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
