using System.Security.Cryptography;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>Checks data against the hash its notification gave.</summary>
internal static class Integrity
{
    /// <summary>Throws <see cref="FeedTrouble"/> when the data is not what its origin announced; data without a hash passes.</summary>
    internal static void Verify(Wis2Notification notification, ReceivedPayload payload, ReadOnlySpan<byte> data)
    {
        if (notification.Method is not { } method)
        {
            return;
        }

        var hash = method switch
        {
            "sha256" => SHA256.HashData(data),
            "sha384" => SHA384.HashData(data),
            "sha512" => SHA512.HashData(data),
            "sha3-256" when SHA3_256.IsSupported => SHA3_256.HashData(data),
            "sha3-384" when SHA3_384.IsSupported => SHA3_384.HashData(data),
            "sha3-512" when SHA3_512.IsSupported => SHA3_512.HashData(data),
            _ => throw new FeedTrouble("integrity-unknown", $"{notification.DataId}: its hash is made by '{method}', which cannot be checked here") { Payload = payload },
        };

        // Base64 by the specification; some centres write hexadecimal, which no base64 of the same length can be mistaken for.
        var given = notification.Hash!;
        var same = given.Length == hash.Length * 2 ? given.Equals(Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase) : given.TrimEnd('=') == Convert.ToBase64String(hash).TrimEnd('=');
        if (!same)
        {
            throw new FeedTrouble("wrong-hash", $"{notification.DataId}: the data is not what its origin announced (its {method} differs)") { Payload = payload };
        }
    }
}
