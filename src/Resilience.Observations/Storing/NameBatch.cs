using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Resilience.Core;

namespace Resilience.Observations.Storing;

/// <summary>
/// A batch is named by what is given and by what was stored before it, so that its name is known before the first row is written: the same
/// values on the same beginning make the same batch again after a crash, and no other does.
/// </summary>
internal static class NameBatch
{
    /// <summary>The batch's id.</summary>
    internal static Guid For(Feed feed, IReadOnlyList<SeriesToMerge> series)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var one in series)
        {
            var id = one.Incoming.Datastream.Id;
            Span<byte> text = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(id.Length) + 16);
            var length = Encoding.UTF8.GetBytes(id, text[16..]);
            BinaryPrimitives.WriteInt32BigEndian(text, length);
            BinaryPrimitives.WriteInt64BigEndian(text[4..], one.Latest?.History ?? 0);
            BinaryPrimitives.WriteInt32BigEndian(text[12..], one.Incoming.Count);
            buffer.Advance(16 + length);
            foreach (ref readonly var value in one.Incoming.Values)
            {
                var part = buffer.GetSpan(17);
                BinaryPrimitives.WriteInt64BigEndian(part, value.Time.UtcTicks);
                BinaryPrimitives.WriteDoubleBigEndian(part[8..], value.Result);
                part[16] = value.Doubted ? (byte)1 : (byte)0;
                buffer.Advance(17);
            }

            hash.AppendData(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        return StableId.From("observations.batch", feed.Id, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The same beginning and the same batches in the same order give the same history; anything else another one.</summary>
    internal static long HistoryAfter(long before, Guid batchId)
    {
        Span<byte> text = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(text, before);
        batchId.TryWriteBytes(text[8..]);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(text, digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }
}
