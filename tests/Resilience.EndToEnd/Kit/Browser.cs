using Microsoft.Playwright;

namespace Resilience.EndToEnd.Kit;

/// <summary>One headless Chromium from the system for all tests; each test gets its own context, as a person their own device.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>The desk at headquarters.</summary>
    public static readonly ViewportSize Desk = new() { Width = 1440, Height = 900 };

    /// <summary>A phone in the rain.</summary>
    public static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.First(File.Exists),
            Args =
            [
                "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            ],
        });
    }

    /// <summary>Opens a page on a new device. Console errors and failed requests to other hosts fail the test when it asks.</summary>
    public async Task<Device> OpenAsync(Uri server, ViewportSize size, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ViewportSize = size,
            ColorScheme = scheme,
            Locale = "en-GB",
            TimezoneId = "Asia/Thimphu",
            Permissions = ["notifications"],
            IsMobile = size.Width < 600,
            HasTouch = size.Width < 600,
        });
        return await Device.CreateAsync(context, server);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
