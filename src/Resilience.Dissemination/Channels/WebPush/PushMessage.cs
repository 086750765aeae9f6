using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>
/// Message encryption for Web Push: RFC 8291 over the aes128gcm content coding of RFC 8188, one record. Written here because
/// no maintained .NET package speaks it; held against the vector of RFC 8291 appendix A and against npm <c>http_ece</c>.
/// </summary>
public static class PushMessage
{
    /// <summary>Longest plaintext, bytes: 4,096 less header (86), tag (16) and the delimiter (1), as RFC 8291 section 4 has it.</summary>
    public const int LongestPlaintext = 3993;

    /// <summary>
    /// Every plaintext is padded to this many bytes unless it is longer, so that a push service cannot tell a flood from an
    /// all-clear by its length. 3,000 keeps the whole message under 4 KB with room for services that count headers.
    /// </summary>
    public const int PaddedTo = 3000;

    /// <summary>What a brief message is padded to, for push services that take less than RFC 8030 asks of them, bytes.</summary>
    public const int BriefPaddedTo = 1000;

    private const int KeyLength = 65;

    private static readonly byte[] KeyInfo = Encoding.ASCII.GetBytes("WebPush: info\0");
    private static readonly byte[] ContentKeyInfo = Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0");
    private static readonly byte[] NonceInfo = Encoding.ASCII.GetBytes("Content-Encoding: nonce\0");

    /// <summary>Encrypts for one phone with a fresh sender key and salt; the result is the body of the POST.</summary>
    /// <param name="plaintext">At most <see cref="LongestPlaintext"/> bytes.</param>
    /// <param name="receiver">The phone's key, an uncompressed P-256 point on the curve.</param>
    /// <param name="authentication">The phone's 16-byte authentication secret.</param>
    /// <param name="paddedTo">Length that hides the plaintext's own; a longer plaintext stands as it is.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> authentication, int paddedTo = PaddedTo)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Span<byte> salt = stackalloc byte[16];
        RandomNumberGenerator.Fill(salt);
        return Encrypt(plaintext, receiver, authentication, sender, salt, Math.Max(paddedTo, plaintext.Length));
    }

    /// <summary>True when the bytes are an uncompressed point on P-256: anything else could make the phone's or our key leak.</summary>
    public static bool IsPointOnCurve(ReadOnlySpan<byte> point)
    {
        if (point.Length != KeyLength || point[0] != 4)
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(Parameters(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The same with sender key, salt and padding given: for test vectors only, as reuse of a salt breaks the cipher.</summary>
    internal static byte[] Encrypt(
        ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> authentication, ECDiffieHellman sender, ReadOnlySpan<byte> salt, int paddedTo)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(paddedTo, LongestPlaintext);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedTo, plaintext.Length);
        var senderKey = Point(sender.ExportParameters(includePrivateParameters: false).Q);
        using var receiverKey = ECDiffieHellman.Create(Parameters(receiver));
        using var receiverPublic = receiverKey.PublicKey;
        var shared = sender.DeriveRawSecretAgreement(receiverPublic);

        // RFC 8291 section 3.4: both public keys are mixed in, so the key cannot be carried over to another pair.
        Span<byte> inputKey = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, inputKey, authentication, [.. KeyInfo, .. receiver, .. senderKey]);
        Span<byte> contentKey = stackalloc byte[16];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, contentKey, salt, ContentKeyInfo);
        Span<byte> nonce = stackalloc byte[12];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, nonce, salt, NonceInfo);

        // RFC 8188: salt, record size, key id; then the last (and only) record: plaintext, delimiter 2, zeros.
        var padded = new byte[paddedTo + 1];
        plaintext.CopyTo(padded);
        padded[plaintext.Length] = 2;
        var body = new byte[16 + 4 + 1 + KeyLength + padded.Length + 16];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(16), 4096);
        body[20] = KeyLength;
        senderKey.CopyTo(body.AsSpan(21));
        var cipher = body.AsSpan(21 + KeyLength);
        using var aes = new AesGcm(contentKey, tagSizeInBytes: 16);
        aes.Encrypt(nonce, padded, cipher[..padded.Length], cipher[padded.Length..]);
        CryptographicOperations.ZeroMemory(shared);
        return body;
    }

    /// <summary>An uncompressed point: 4, x, y.</summary>
    internal static byte[] Point(ECPoint q) => [4, .. q.X!, .. q.Y!];

    private static ECParameters Parameters(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..65].ToArray() },
    };
}
