using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>A coordinator adds another authority's warnings and finds them on the map, in that authority's words.</summary>
public sealed class AddWarningsTest(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task An_operator_adds_another_authoritys_warnings_and_reads_them_beside_the_map()
    {
        using var data = new DataDirectory();
        using var source = new MadeWarnings();
        await using var server = await RunningServer.StartAsync(["--data", data.Path], [("Network__AllowedPrivateHosts__0", "127.0.0.1")]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;
        await TwoCoordinators.SetUpAsync(page, server);

        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Feeds") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add feed" }).ClickAsync();
        await page.GetByText("Warnings in CAP").ClickAsync();
        await page.GetByLabel("Address of the warnings").FillAsync(source.Address);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Office of the test");
        await page.GetByLabel("Credit").FillAsync("Nobody");
        await page.GetByLabel("Licence").FillAsync("Made up");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 warnings were read.")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(page.GetByText("EMMA_ID BT001").First).ToBeVisibleAsync();
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("warnings-tried");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and start" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Alerts") }).ClickAsync();
        await page.Locator(".rows").GetByText("Flood Warning (Office of the Test)").ClickAsync(new() { Timeout = 30_000 });
        var detail = page.Locator("aside.detail");
        await Assertions.Expect(detail).ToContainTextAsync("Severity Severe as Office of the Test has it.");
        await Assertions.Expect(detail).ToContainTextAsync("མོ་ཆུ་ཆུ་ལོག");
        await Assertions.Expect(detail).ToContainTextAsync("were not put through our matrix");
        await Assertions.Expect(detail).ToContainTextAsync("Minimum needs, if all had to leave");
        await desk.AssertAccessibleAsync();
        await desk.PictureAsync("warning-on-the-map");

        // What cannot be placed is not lost: it stands with its feed.
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Feeds") }).ClickAsync();
        await page.Locator(".rows").GetByText("Office of the test").ClickAsync();
        await Assertions.Expect(detail).ToContainTextAsync("Not on the map: its area is not known here.");
        await Assertions.Expect(detail).ToContainTextAsync("Gusts in the passes");
        await desk.AssertAccessibleAsync();
        await desk.PictureAsync("warnings-of-a-feed");

        // And no draft of ours was written from it: they warn themselves.
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Drafts") })).Not.ToContainTextAsync("1");
        desk.AssertClean();
    }
}
