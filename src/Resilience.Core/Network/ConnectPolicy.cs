using System.Net;
using System.Net.Sockets;

namespace Resilience.Core.Network;

/// <summary>
/// Opens connections to public addresses only, whatever a name resolves to at that moment. As the connect callback of an HTTP client it
/// judges the first address, every redirect and every later look-up alike, so neither a link inside an answer nor a name that changed
/// its mind leads into the server's own network.
/// </summary>
public static class ConnectPolicy
{
    /// <summary>Connects, or throws an <see cref="HttpRequestException"/> that says why not.</summary>
    /// <param name="target">Host and port as the address names them.</param>
    /// <param name="mayLieInside">The operator's configuration names this target: it may be anywhere.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool mayLieInside, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);

        // One inside among several outside is a trick, not a choice: none is taken then.
        if (!mayLieInside && !addresses.All(PublicAddress.Is))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{target.Host} lies inside a private network, and {AllowedHosts.Setting} does not name it.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
