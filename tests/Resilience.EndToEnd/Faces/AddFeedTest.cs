using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>Two people set up a new server, and one of them adds a feed without reading a manual: tried, saved, on the map, paused, removed.</summary>
public sealed class AddFeedTest(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    [Fact]
    public async Task An_operator_adds_tries_pauses_and_removes_a_feed()
    {
        using var data = new DataDirectory();
        using var source = new OneGaugeFeed(0.42);
        await using var server = await RunningServer.StartAsync(["--data", data.Path], [("Network__AllowedPrivateHosts__0", "127.0.0.1")]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;

        await TwoCoordinators.SetUpAsync(page, server);
        await TwoCoordinators.SignOutAsync(page);
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Feeds") }).ClickAsync();
        await Assertions.Expect(page.GetByText("Sign in as a coordinator to add or change feeds.")).ToBeVisibleAsync();
        await TwoCoordinators.SignInAsync(page, "Karma");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add feed" }).ClickAsync();
        await FillInAsync(page, source);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The one value can be used, from 1 station.")).ToBeVisibleAsync(Soon);
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Test Weir" });
        await Assertions.Expect(row).ToContainTextAsync("0.42 m");
        await Assertions.Expect(row).ToContainTextAsync("Water level");
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("tried");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and start" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Works. Values come as often as expected.")).ToBeVisibleAsync(Soon);
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Gauges") }).ClickAsync();
        var gauge = page.Locator(".rows").GetByText("Test Weir");
        await Assertions.Expect(gauge).ToBeVisibleAsync(Soon);
        await Assertions.Expect(page.Locator(".legend")).ToContainTextAsync("Below action stage1");
        await desk.PictureAsync("on-the-map");

        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Feeds") }).ClickAsync();
        await page.Locator(".rows").GetByText("Weirs of the test").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove…" })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove…" }).ClickAsync();
        await desk.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rows").GetByText("Weirs of the test")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Gauges") }).ClickAsync();
        await Assertions.Expect(gauge).ToBeHiddenAsync(new() { Timeout = 20_000 });
        desk.AssertClean();
    }

    private static async Task FillInAsync(IPage page, OneGaugeFeed source)
    {
        await page.GetByText("Environment Agency flood monitoring").ClickAsync();
        await page.GetByLabel("Address of the readings").FillAsync(source.Readings);
        await page.GetByLabel("Address of the stations").FillAsync(source.Stations);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Weirs of the test");
        await page.GetByLabel("Ask every").FillAsync("1");
        await Assertions.Expect(page.GetByLabel("Short name")).ToHaveValueAsync("weirs-of-the-test");
    }
}
