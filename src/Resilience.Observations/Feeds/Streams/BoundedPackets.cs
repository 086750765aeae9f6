namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// Reads MQTT from a broker and ends the connection as soon as a packet announces more bytes than the limit, before anyone sets memory
/// aside for them. A broker is told the limit, but need not keep to it.
/// </summary>
internal sealed class BoundedPackets(Stream inner, int maxBytes) : Stream
{
    private long _body;
    private int _length;
    private int _shift;
    private bool _inLength;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Watch(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Watch(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A packet: one byte of type, its length in up to four bytes of seven bits, then so many bytes.
    private void Watch(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_body > 0)
            {
                var skip = (int)Math.Min(_body, bytes.Length);
                _body -= skip;
                bytes = bytes[skip..];
            }
            else if (!_inLength)
            {
                (_inLength, _length, _shift) = (true, 0, 0);
                bytes = bytes[1..];
            }
            else
            {
                _length |= (bytes[0] & 0x7F) << _shift;
                _shift += 7;
                _inLength = (bytes[0] & 0x80) != 0 && _shift < 28;
                bytes = bytes[1..];
                if (!_inLength)
                {
                    _body = _length <= maxBytes ? _length : throw new IOException($"The broker sends a packet of {_length:N0} bytes, more than the {maxBytes:N0} taken (Observations:StreamMaxPacket).");
                }
            }
        }
    }
}
