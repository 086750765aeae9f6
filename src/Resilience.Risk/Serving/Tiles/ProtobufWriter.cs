using System.Runtime.InteropServices;

namespace Resilience.Risk.Serving.Tiles;

/// <summary>The little of protobuf that a vector tile needs.</summary>
internal sealed class ProtobufWriter
{
    private readonly List<byte> _bytes = [];

    internal void Varint(int field, ulong value)
    {
        Raw(((ulong)field << 3) | 0);
        Raw(value);
    }

    internal void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Raw(((ulong)field << 3) | 2);
        Raw((ulong)value.Length);
        _bytes.AddRange(value);
    }

    internal void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, CollectionsMarshal.AsSpan(inner._bytes));
    }

    internal void Packed(int field, List<uint> values)
    {
        if (values.Count > 0)
        {
            Message(field, inner => values.ForEach(value => inner.Raw((ulong)value)));
        }
    }

    internal void Raw(ProtobufWriter other) => _bytes.AddRange(other._bytes);

    internal byte[] ToBytes() => [.. _bytes];

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
