using System.Net;

namespace Resilience.EndToEnd.Kit;

/// <summary>A web server on loopback that outlives its callers: a request broken off in the middle (a server killed) ends that request only.</summary>
public sealed class LocalHttp : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;

    /// <summary>Begins to listen; <paramref name="answer"/> answers each request, one after the other.</summary>
    public LocalHttp(Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        Origin = $"http://127.0.0.1:{RunningServer.FreePort()}";
        _listener.Prefixes.Add(Origin + "/");
        _listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var exchange = await _listener.GetContextAsync();
                await _answer(exchange);
                exchange.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The caller is gone, or this server is being closed: the loop's condition tells them apart.
            }
        }
    }
}
