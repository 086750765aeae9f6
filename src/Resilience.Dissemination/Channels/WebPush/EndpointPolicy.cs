using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Resilience.Core;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>
/// Which addresses the server will POST to. An endpoint comes from a stranger's phone; without this, anybody could make the
/// server knock on doors inside its own network.
/// </summary>
/// <remarks>
/// The parsed host is compared, never the text. Known services must use https on the default port, and the address their name
/// resolves to is judged at connect time, so a name that points inside is refused too.
/// </remarks>
public sealed class EndpointPolicy(IOptions<DisseminationOptions> options)
{
    private static readonly string[] KnownHosts = ["fcm.googleapis.com", "web.push.apple.com", "updates.push.services.mozilla.com"];
    private static readonly string[] KnownSuffixes = [".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"];

    /// <summary>The endpoint as a URI, or a refusal <c>dissemination.unknown-push-service</c>.</summary>
    public Uri Check(string endpoint)
    {
        if (endpoint.Length <= 1000 && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (IsKnown(uri) || IsAllowed(Origin(uri))))
        {
            return uri;
        }

        throw new RefusalException("dissemination.unknown-push-service", "The endpoint is not at a push service this server delivers to.");
    }

    /// <summary>Scheme, host and port.</summary>
    public static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Opens the connection only when every judged address is public (or the origin was allowed by configuration).</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = IsAllowed(Origin(context.InitialRequestMessage.RequestUri!)) ? addresses : [.. addresses.Where(IsPublic)];
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{host} resolves to no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True for an address on the public Internet: not loopback, private, link-local, shared, multicast or reserved.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // 2000::/3 is the only range handed out; NAT64 and 6to4 wrap an IPv4 address and are refused with it.
            var bytes = address.GetAddressBytes();
            return (bytes[0] & 0xE0) == 0x20 && !(bytes[0] == 0x20 && bytes[1] == 0x02) && !address.IsIPv6Teredo;
        }

        var b = address.GetAddressBytes();
        return b[0] switch
        {
            0 or 10 or 127 or >= 224 => false,
            100 => b[1] is < 64 or > 127,
            169 => b[1] != 254,
            172 => b[1] is < 16 or > 31,
            192 => b[1] != 168 && !(b[1] == 0 && b[2] is 0 or 2),
            198 => b[1] is not (18 or 19) && !(b[1] == 51 && b[2] == 100),
            203 => !(b[1] == 0 && b[2] == 113),
            _ => true,
        };
    }

    private static bool IsKnown(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort
        && (KnownHosts.Contains(uri.IdnHost) || KnownSuffixes.Any(suffix => uri.IdnHost.EndsWith(suffix, StringComparison.Ordinal)));

    private bool IsAllowed(string origin) => options.Value.WebPush.AllowedOrigins.Any(allowed => string.Equals(allowed.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));
}
