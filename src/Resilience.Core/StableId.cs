using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Resilience.Core;

/// <summary>
/// Ids that follow from content: the same parts always give the same id, on every machine and after every crash.
/// </summary>
/// <remarks>
/// A link that dies half-way derives its results again; because their ids are a function of their input, writing them
/// twice changes nothing. The value is a UUID version 8 (RFC 9562, section 5.8) over SHA-256 of the length-prefixed parts,
/// so <c>("ab","c")</c> and <c>("a","bc")</c> differ. 122 bits remain: a collision is not a practical concern.
/// Ids made here are guessable by design; never use one as a secret.
/// </remarks>
public static class StableId
{
    /// <summary>Derives the id of a thing from what makes it that thing, most general part first.</summary>
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
