using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Resilience.Dissemination.Subscribing;

namespace Resilience.Tests.Dissemination;

/// <summary>A citizen's phone: it has the keys to read what is pushed to it.</summary>
internal sealed class Phone(string name, PushSink service, double longitude, double latitude, string language = "en") : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _authentication = RandomNumberGenerator.GetBytes(16);

    internal string Name => name;

    internal string Endpoint => $"{service.Origin}/{name}";

    internal SubscriptionReceipt? Receipt { get; set; }

    private byte[] PublicKey => _key.ExportParameters(false).Q is var q ? [4, .. q.X!, .. q.Y!] : [];

    internal SubscriptionRequest Request() => new(
        longitude, latitude, "Wangdue", language, Endpoint, Base64Url.EncodeToString(PublicKey), Base64Url.EncodeToString(_authentication));

    /// <summary>What arrived, oldest first.</summary>
    internal IReadOnlyList<JsonElement> Read() => [.. service.All.Where(message => message.Phone == name).Select(message => Read(message.Body))];

    /// <summary>Decrypts as RFC 8291 has the phone do.</summary>
    internal JsonElement Read(byte[] body)
    {
        var (salt, sender, cipher) = (body[..16], body[21..86], body[86..]);
        using var senderKey = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..] } });
        var shared = _key.DeriveRawSecretAgreement(senderKey.PublicKey);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _authentication, [.. "WebPush: info\0"u8, .. PublicKey, .. sender]);
        var contentKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        var plain = new byte[cipher.Length - 16];
        using var aes = new AesGcm(contentKey, 16);
        aes.Decrypt(nonce, cipher[..^16], cipher[^16..], plain);
        return JsonDocument.Parse(Encoding.UTF8.GetString(plain[..Array.LastIndexOf(plain, (byte)2)])).RootElement;
    }

    public void Dispose() => _key.Dispose();
}
