using System.Collections.Concurrent;
using System.Net;

namespace Resilience.EndToEnd.Kit;

/// <summary>A push service of our own (RFC 8030, its answering side only): takes every message and keeps it as it came.</summary>
public sealed class PushSink : IDisposable
{
    private readonly ConcurrentQueue<byte[]> _messages = new();
    private readonly LocalHttp _http;

    /// <summary>Begins to listen.</summary>
    public PushSink() => _http = new LocalHttp(TakeAsync);

    /// <summary>Scheme, host and port, as a server must be told to allow it.</summary>
    public string Origin => _http.Origin;

    /// <summary>The encrypted bodies in the order they came.</summary>
    public IReadOnlyCollection<byte[]> Messages => _messages;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task TakeAsync(HttpListenerContext exchange)
    {
        using var body = new MemoryStream();
        await exchange.Request.InputStream.CopyToAsync(body);
        _messages.Enqueue(body.ToArray());
        exchange.Response.StatusCode = (int)HttpStatusCode.Created;
    }
}
