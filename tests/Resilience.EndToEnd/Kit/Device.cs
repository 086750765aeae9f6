using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;

namespace Resilience.EndToEnd.Kit;

/// <summary>One person's browser: a page, what went wrong on it, and the hosts it talked to.</summary>
public sealed class Device : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _foreign = new();

    private Device(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
    }

    /// <summary>The browser context (cookies, storage, service workers).</summary>
    public IBrowserContext Context { get; }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    internal static async Task<Device> CreateAsync(IBrowserContext context, Uri server)
    {
        var device = new Device(context, await context.NewPageAsync());
        device.Page.PageError += (_, error) => device._errors.Enqueue(error);
        device.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                device._errors.Enqueue(message.Text);
            }
        };
        context.Request += (_, request) =>
        {
            var uri = new Uri(request.Url);
            if (uri.Scheme is "http" or "https" or "ws" or "wss" && uri.Authority != server.Authority)
            {
                device._foreign.Enqueue(request.Url);
            }
        };
        return device;
    }

    /// <summary>No script error so far, and not one request to another host.</summary>
    public void AssertClean()
    {
        Assert.Empty(_errors);
        Assert.Empty(_foreign);
    }

    /// <summary>axe-core finds nothing serious or critical on the page as it stands.</summary>
    public async Task AssertAccessibleAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(await NodePackages.FileAsync("axe-core/axe.min.js")));
        var result = await Page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        var serious = result.GetProperty("violations").EnumerateArray()
            .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(violation => $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} at {string.Join(", ", violation.GetProperty("nodes").EnumerateArray().Take(5).Select(node => node.GetProperty("target").ToString()))}");
        Assert.Empty(serious);
    }

    /// <summary>The page does not scroll sideways.</summary>
    public async Task AssertFitsAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), "The page scrolls sideways.");

    /// <summary>Keeps a picture under <c>artifacts/screenshots</c> for people to look at.</summary>
    public async Task PictureAsync(string name, [CallerMemberName] string test = "") =>
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(RunningServer.Root, "artifacts", "screenshots", $"{test}-{name}.png") });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
