using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Resilience.Tests.Observations.Feeds;

/// <summary>A real HTTP server on a free local port that answers as a feed would, well or badly.</summary>
internal sealed class FeedSource : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedSource(WebApplication app) => _app = app;

    /// <summary>How it answers; replaced during a test.</summary>
    internal Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Paths with query of the requests received.</summary>
    internal List<string> Requests { get; } = [];

    internal string Address => _app.Urls.First();

    internal static async Task<FeedSource> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var source = new FeedSource(builder.Build());
        source._app.Run(async context =>
        {
            lock (source.Requests)
            {
                source.Requests.Add(context.Request.Path + context.Request.QueryString);
            }

            await source.Answer(context);
        });
        await source._app.StartAsync();
        return source;
    }

    /// <summary>Answers with this document, and 304 to whoever has it already.</summary>
    internal void Serve(byte[] document, string etag = "\"1\"") => Answer = async context =>
    {
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.Headers.ETag = etag;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(document);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
