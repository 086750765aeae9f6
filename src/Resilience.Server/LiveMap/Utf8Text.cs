using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;

namespace Resilience.Server.LiveMap;

/// <summary>
/// Text kept as the UTF-8 bytes it is sent as: a feature is serialised once and its bytes are copied to every connection. To a
/// client it is an ordinary string.
/// </summary>
[MessagePackFormatter(typeof(MessagePackForm))]
[JsonConverter(typeof(JsonForm))]
public readonly record struct Utf8Text(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Encodes a string.</summary>
    public static Utf8Text From(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);

    internal sealed class MessagePackForm : IMessagePackFormatter<Utf8Text>
    {
        public void Serialize(ref MessagePackWriter writer, Utf8Text value, MessagePackSerializerOptions options) => writer.WriteString(value.Bytes.Span);

        public Utf8Text Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(reader.ReadStringSequence()?.ToArray() ?? []);
    }

    internal sealed class JsonForm : JsonConverter<Utf8Text>
    {
        public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => From(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) => writer.WriteStringValue(value.Bytes.Span);
    }
}
