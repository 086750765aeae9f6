using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Resilience.Storage;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>
/// The server's identity towards push services (VAPID, RFC 8292): one P-256 key pair, made on first start, kept in the data
/// directory readable by the server's own user only. Losing it ends every subscription; back it up with the database.
/// </summary>
/// <remarks>Tokens live on the real clock, also during a replay: push services compare them with theirs.</remarks>
public sealed class VapidKeys : IDisposable
{
    /// <summary>How long a token is valid. RFC 8292 allows 24 h; half of it leaves room for wrong clocks.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, (string Header, DateTimeOffset RenewAt)> _headers = new();
    private readonly ECDsa _key;
    private readonly string _subject;
    private readonly TimeProvider _realTime;

    /// <summary>Reads the key pair, or makes it.</summary>
    public VapidKeys(StorageOptions storage, IOptions<DisseminationOptions> options)
        : this(ReadOrMake(Path.Combine(Path.GetFullPath(storage.DataDirectory), "vapid.pem")), options.Value.WebPush.Subject, TimeProvider.System)
    {
    }

    internal VapidKeys(ECDsa key, string subject, TimeProvider realTime)
    {
        _key = key;
        _subject = subject;
        _realTime = realTime;
        PublicKey = Base64Url.EncodeToString(PushMessage.Point(key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>The public key as browsers want it: the uncompressed point in base64url.</summary>
    public string PublicKey { get; }

    /// <summary>The Authorization header for a push service, made once per service and hour.</summary>
    /// <param name="origin">Scheme, host and port of the endpoint.</param>
    public string AuthorizationFor(string origin)
    {
        var now = _realTime.GetUtcNow();
        if (_headers.TryGetValue(origin, out var known) && now < known.RenewAt)
        {
            return known.Header;
        }

        var header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = JsonSerializer.Serialize(new { aud = origin, exp = (now + Lifetime).ToUnixTimeSeconds(), sub = _subject });
        var signed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";

        // JWS wants the bare r‖s pair (IEEE P1363), which is .NET's default, not the ASN.1 sequence.
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var authorization = $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
        _headers[origin] = (authorization, now + TimeSpan.FromHours(1));
        return authorization;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static ECDsa ReadOrMake(string file)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file))
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);

        // Of two processes starting at once one makes the key and the other reads it. A move that does not overwrite is no such guard:
        // on Unix it looks first and renames then.
        using var guard = Enter(file + ".lock");
        if (File.Exists(file))
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved, so that a crash leaves no half of a key.
        var aside = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        using (var writer = new StreamWriter(aside, Encoding.ASCII, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        File.Move(aside, file, overwrite: true);
        return key;
    }

    private static FileStream Enter(string file)
    {
        var (wait, patience) = (default(SpinWait), Stopwatch.StartNew());
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromSeconds(10))
            {
                wait.SpinOnce();
            }
        }
    }
}
