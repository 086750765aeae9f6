using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Resilience.EndToEnd.Kit;

/// <summary>
/// The part of a phone that Chromium without a Google account lacks: its subscription with a push service. The keys are real, the
/// message is read by npm http_ece, and it reaches the page's own service worker through the browser's debugging door.
/// </summary>
public sealed class PushPhone(PushSink service) : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    /// <summary>Gives the page a push manager that subscribes with this phone's keys.</summary>
    public Task PutIntoAsync(Device device) => device.Context.AddInitScriptAsync(
        $$"""
        if (self.PushManager) {
          let made = null;
          PushManager.prototype.subscribe = async (options) => made = {
            endpoint: '{{service.Origin}}/phone', options, unsubscribe: async () => { made = null; return true; },
            toJSON: () => ({ endpoint: '{{service.Origin}}/phone', keys: { p256dh: '{{Public()}}', auth: '{{Base64Url.EncodeToString(_auth)}}' } }),
          };
          PushManager.prototype.getSubscription = async () => made;
        }
        """);

    /// <summary>What the message says, decrypted by http_ece (RFC 8188, RFC 8291).</summary>
    public async Task<string> ReadAsync(byte[] message)
    {
        var module = Path.GetDirectoryName(await NodePackages.FileAsync("http_ece/ece.js"))!;
        var parameters = _key.ExportParameters(includePrivateParameters: true);
        var start = new ProcessStartInfo("node", ["-e",
            """
            const [module, d, publicKey, auth, message] = process.argv.slice(1);
            const key = require('crypto').createECDH('prime256v1');
            key.setPrivateKey(Buffer.from(d, 'base64url'));
            if (key.getPublicKey('base64url') !== publicKey) throw new Error('not this phone');
            process.stdout.write(require(module).decrypt(Buffer.from(message, 'base64url'), { version: 'aes128gcm', privateKey: key, authSecret: auth }));
            """,
            module, Base64Url.EncodeToString(parameters.D), Public(), Base64Url.EncodeToString(_auth), Base64Url.EncodeToString(message)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var (text, errors) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, errors);
        return text;
    }

    /// <summary>Wakes the page's service worker with a message, as the browser does when one comes in.</summary>
    public static async Task WakeAsync(Device device, string message)
    {
        var door = await device.Context.NewCDPSessionAsync(device.Page);
        var registration = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        door.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, update) =>
        {
            foreach (var one in update!.Value.GetProperty("registrations").EnumerateArray().Where(one => one.GetProperty("scopeURL").GetString()!.EndsWith("/citizen/", StringComparison.Ordinal)))
            {
                registration.TrySetResult(one.GetProperty("registrationId").GetString()!);
            }
        };
        await door.SendAsync("ServiceWorker.enable");
        var id = await registration.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await door.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>
        {
            ["origin"] = new Uri(device.Page.Url).GetLeftPart(UriPartial.Authority),
            ["registrationId"] = id,
            ["data"] = message,
        });
    }

    /// <summary>Title of the notice that the page's service worker has put on the lock screen; null when there is none.</summary>
    public static Task<string?> FindNoticeAsync(Device device) =>
        device.Page.EvaluateAsync<string?>("async () => (await (await navigator.serviceWorker.getRegistration('/citizen/')).getNotifications())[0]?.title ?? null");

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private string Public()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        byte[] raw = [4, .. point.X!, .. point.Y!];
        return Base64Url.EncodeToString(raw);
    }
}
