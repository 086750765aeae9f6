using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Resilience.Tests.Dissemination;

/// <summary>One message as the push service got it.</summary>
internal sealed record Received(string Phone, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A push service on a real port that answers as it is told, phone by phone.</summary>
internal sealed class PushSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private PushSink(WebApplication app) => _app = app;

    /// <summary>What to answer; 201 unless told.</summary>
    internal Func<Received, HttpResponse, Task> Answer { get; set; } = (_, response) =>
    {
        response.StatusCode = 201;
        return Task.CompletedTask;
    };

    internal IReadOnlyList<Received> All => [.. _received];

    internal string Origin { get; private set; } = "";

    internal static async Task<PushSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new PushSink(builder.Build());
        sink._app.MapPost("/{phone}", sink.ReceiveAsync);
        await sink._app.StartAsync();
        sink.Origin = sink._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return sink;
    }

    /// <summary>Answers with a status and perhaps a Retry-After.</summary>
    internal void AnswerWith(int status, string? retryAfter = null) => Answer = (_, response) =>
    {
        response.StatusCode = status;
        if (retryAfter is not null)
        {
            response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    };

    /// <summary>Holds every answer back until released.</summary>
    internal TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer = async (_, response) =>
        {
            await gate.Task;
            response.StatusCode = 201;
        };
        return gate;
    }

    /// <summary>Waits for the next message that nobody has waited for yet.</summary>
    internal async Task ArrivedAsync() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)), "no message came");

    public async ValueTask DisposeAsync()
    {
        _arrived.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext http, string phone)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(phone, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        _received.Enqueue(received);
        _arrived.Release();
        await Answer(received, http.Response);
    }
}
