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
                device._errors.Enqueue($"{message.Text} {message.Location}");
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
        Assert.True(_errors.IsEmpty, string.Join(Environment.NewLine, _errors));
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

    /// <summary>How many different colours an element shows now (4 bits a channel): a blank canvas shows one.</summary>
    public Task<int> CountColoursAsync(string selector) => MeasureAsync(selector, "const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add((d[i] >> 4) << 8 | (d[i + 1] >> 4) << 4 | d[i + 2] >> 4); return seen.size;");

    /// <summary>How many pixels of an element are close to a colour (#rrggbb; distance summed over the channels).</summary>
    public Task<int> CountPixelsAsync(string selector, string colour, int tolerance)
    {
        var rgb = Convert.FromHexString(colour[1..]);
        return MeasureAsync(selector, $"let n = 0; for (let i = 0; i < d.length; i += 4) if (Math.abs(d[i] - {rgb[0]}) + Math.abs(d[i + 1] - {rgb[1]}) + Math.abs(d[i + 2] - {rgb[2]}) <= {tolerance}) n++; return n;");
    }

    /// <summary>Keeps a picture under <c>artifacts/screenshots</c> for people to look at.</summary>
    public async Task PictureAsync(string name, [CallerMemberName] string test = "") =>
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(RunningServer.Root, "artifacts", "screenshots", $"{test}-{name}.png") });

    // What is on the screen, not what the page says it drew: a screenshot, taken apart by the browser itself on a blank page.
    private async Task<int> MeasureAsync(string selector, string measure)
    {
        var picture = await Page.Locator(selector).First.ScreenshotAsync();
        var bench = await Context.NewPageAsync();
        try
        {
            return await bench.EvaluateAsync<int>(
                $$"""
                async (png) => {
                  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
                  const canvas = new OffscreenCanvas(image.width, image.height);
                  const context = canvas.getContext('2d');
                  context.drawImage(image, 0, 0);
                  const d = context.getImageData(0, 0, image.width, image.height).data;
                  {{measure}}
                }
                """,
                Convert.ToBase64String(picture));
        }
        finally
        {
            await bench.CloseAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
