using System.IO.Compression;
using System.Security.Cryptography;

namespace Resilience.Observations.Feeds;

/// <summary>An answer as received, held compressed: parsing streams out of it, so memory holds only the small form.</summary>
/// <param name="Sha256">Of the decoded bytes, hexadecimal.</param>
/// <param name="Bytes">Decoded length.</param>
/// <param name="ContentType">As received, or null.</param>
/// <param name="Gzip">The decoded bytes compressed.</param>
/// <param name="Complete">False when cut off.</param>
internal sealed record ReceivedPayload(string Sha256, long Bytes, string? ContentType, byte[] Gzip, bool Complete)
{
    /// <summary>Entity tag, as received.</summary>
    internal string? ETag { get; init; }

    /// <summary>Last-Modified, as received.</summary>
    internal string? LastModified { get; init; }

    /// <summary>Bytes that are at hand already.</summary>
    internal static ReceivedPayload Of(byte[] bytes, string? contentType)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return new ReceivedPayload(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, contentType, packed.ToArray(), Complete: true);
    }

    /// <summary>The decoded bytes at once.</summary>
    internal byte[] ToArray()
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(Gzip, writable: false), CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }

        return unpacked.ToArray();
    }

    /// <summary>The decoded bytes, seekable to the start only, with a UTF-8 byte order mark left out.</summary>
    internal Stream Open() => new Reopening(Gzip);

    /// <summary>A gzip stream that can be rewound to its start, which is all a second look needs.</summary>
    private sealed class Reopening(byte[] gzip) : Stream
    {
        private GZipStream? _stream;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set
            {
                ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
                _stream?.Dispose();
                _stream = null;
            }
        }

        public override int Read(Span<byte> buffer) => Inner().Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => Inner().Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Inner().Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _stream?.Dispose();
            base.Dispose(disposing);
        }

        private GZipStream Inner()
        {
            if (_stream is not null)
            {
                return _stream;
            }

            _stream = new GZipStream(new MemoryStream(gzip, writable: false), CompressionMode.Decompress);
            Span<byte> start = stackalloc byte[3];
            var read = _stream.ReadAtLeast(start, 3, throwOnEndOfStream: false);
            if (read < 3 || !start.SequenceEqual<byte>([0xEF, 0xBB, 0xBF]))
            {
                _stream.Dispose();
                _stream = new GZipStream(new MemoryStream(gzip, writable: false), CompressionMode.Decompress);
            }

            return _stream;
        }
    }
}
