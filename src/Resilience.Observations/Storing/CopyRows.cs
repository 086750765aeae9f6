using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Resilience.Observations.Storing;

/// <summary>Observation rows as PostgreSQL's binary COPY wants them, written straight into bytes.</summary>
internal sealed class CopyRows : IDisposable
{
    internal const string Command = "COPY observations_observation (datastream_id, phenomenon_time, revision, result, result_time, flags, qualifier, batch_id) FROM STDIN (FORMAT BINARY)";

    /// <summary>So many bytes are sent at once: enough for one system call to be worth it, little enough for the server never to wait.</summary>
    internal const int Chunk = 32_768;

    private const short Columns = 8;
    private static readonly long Epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;
    private readonly byte[] _batch = new byte[16];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * Chunk);
    private byte[] _id = [];

    internal CopyRows(Guid batchId)
    {
        batchId.TryWriteBytes(_batch, bigEndian: true, out _);
        Append(Header);
        IsEmpty = true;
    }

    /// <summary>Bytes waiting.</summary>
    internal int Length { get; private set; }

    /// <summary>No row was added yet.</summary>
    internal bool IsEmpty { get; private set; }

    private static ReadOnlySpan<byte> Header => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The datastream of the rows that follow.</summary>
    internal void Begin(string datastreamId) => _id = Encoding.UTF8.GetBytes(datastreamId);

    /// <summary>Adds a row.</summary>
    internal void Add(in NewValue value)
    {
        IsEmpty = false;
        BinaryPrimitives.WriteInt16BigEndian(Room(2), Columns);
        AppendText(_id);
        Append(Micros(value.Time));
        Append(value.Revision);
        Append(BitConverter.DoubleToInt64Bits(value.Result));
        if (value.ResultTime is { } resultTime)
        {
            Append(Micros(resultTime));
        }
        else
        {
            AppendNull();
        }

        Append((int)value.Flags);
        if (value.Qualifier is { } qualifier)
        {
            AppendText(Encoding.UTF8.GetBytes(qualifier));
        }
        else
        {
            AppendNull();
        }

        AppendText(_batch);
    }

    /// <summary>Ends the last row.</summary>
    internal void End() => BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);

    /// <summary>What waits; valid until the next row is added.</summary>
    internal ReadOnlyMemory<byte> Take()
    {
        var taken = _buffer.AsMemory(0, Length);
        Length = 0;
        return taken;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond;

    private void Append(int value)
    {
        var room = Room(8);
        BinaryPrimitives.WriteInt32BigEndian(room, 4);
        BinaryPrimitives.WriteInt32BigEndian(room[4..], value);
    }

    private void Append(long value)
    {
        var room = Room(12);
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteInt64BigEndian(room[4..], value);
    }

    private void AppendNull() => BinaryPrimitives.WriteInt32BigEndian(Room(4), -1);

    private void AppendText(ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), bytes.Length);
        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    private Span<byte> Room(int bytes)
    {
        if (Length + bytes > _buffer.Length)
        {
            var bigger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + bytes));
            _buffer.AsSpan(0, Length).CopyTo(bigger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = bigger;
        }

        Length += bytes;
        return _buffer.AsSpan(Length - bytes, bytes);
    }
}
