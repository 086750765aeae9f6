using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Resilience.Tests.Server;

/// <summary>A map whose computer has frozen: it subscribes over a bare socket and never reads again.</summary>
internal sealed class StalledSocket : IDisposable
{
    private readonly Socket _socket;

    private StalledSocket(Socket socket) => _socket = socket;

    public static async Task<StalledSocket> ConnectAsync(Uri server, string layer)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(server.Host, server.Port);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /live HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var answer = new byte[1_024];
        await socket.ReceiveAsync(answer);
        await socket.SendAsync(TextFrame("{\"protocol\":\"json\",\"version\":1}\u001e"));
        await socket.SendAsync(TextFrame($"{{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{{\"{layer}\":0}}]}}\u001e"));
        return new StalledSocket(socket);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>One masked text frame (RFC 6455) of less than 126 bytes.</summary>
    private static byte[] TextFrame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var mask = RandomNumberGenerator.GetBytes(4);
        return [0x81, (byte)(0x80 | payload.Length), .. mask, .. payload.Select((value, i) => (byte)(value ^ mask[i % 4]))];
    }
}
