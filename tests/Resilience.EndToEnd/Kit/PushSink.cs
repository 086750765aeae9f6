using System.Collections.Concurrent;
using System.Net;

namespace Resilience.EndToEnd.Kit;

/// <summary>A push service of our own (RFC 8030, its answering side only): takes every message and keeps it as it came.</summary>
public sealed class PushSink : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<byte[]> _messages = new();

    /// <summary>Begins to listen.</summary>
    public PushSink()
    {
        Origin = $"http://127.0.0.1:{RunningServer.FreePort()}";
        _listener.Prefixes.Add(Origin + "/");
        _listener.Start();
        _ = TakeAsync();
    }

    /// <summary>Scheme, host and port, as a server must be told to allow it.</summary>
    public string Origin { get; }

    /// <summary>The encrypted bodies in the order they came.</summary>
    public IReadOnlyCollection<byte[]> Messages => _messages;

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext exchange;
            try
            {
                exchange = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await exchange.Request.InputStream.CopyToAsync(body);
            _messages.Enqueue(body.ToArray());
            exchange.Response.StatusCode = (int)HttpStatusCode.Created;
            exchange.Response.Close();
        }
    }
}
