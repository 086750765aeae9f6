using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>A coordinator adds a satellite's flood raster and finds it on the map, with who lives in it.</summary>
public sealed class AddRasterTest(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task An_operator_adds_a_raster_and_sees_its_area_on_the_map()
    {
        using var data = new DataDirectory();
        using var source = new MadeRaster();
        await using var server = await RunningServer.StartAsync(["--data", data.Path], [("Network__AllowedPrivateHosts__0", "127.0.0.1")]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;
        await TwoCoordinators.SetUpAsync(page, server);

        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Feeds") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add feed" }).ClickAsync();
        await page.GetByText("GeoTIFF raster").ClickAsync();
        await page.GetByLabel("Address of the readings").FillAsync(source.Address);
        await page.GetByLabel("Name on the map").FillAsync("Flooded");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Radar of the test");
        await page.GetByLabel("Credit").FillAsync("Nobody");
        await page.GetByLabel("Licence").FillAsync("Made up");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("without a time zone").First).ToBeVisibleAsync(Soon);

        await page.GetByLabel("Time zone").FillAsync("+00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.GetByText("A raster of 6 × 4 pixels (EPSG:32646) was read.")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(page.GetByText("4.00 km²").First).ToBeVisibleAsync();
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("raster-tried");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and start" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Alerts") }).ClickAsync();
        await page.Locator(".rows").GetByText("Flooded").ClickAsync(new() { Timeout = 30_000 });
        var detail = page.Locator("aside.detail");
        await Assertions.Expect(detail).ToContainTextAsync("Open water seen by satellite");
        await Assertions.Expect(detail).ToContainTextAsync("Rivers and lakes that are always there are part of it.");
        await Assertions.Expect(page.Locator(".legend")).ToContainTextAsync("Seen from above");
        await desk.AssertAccessibleAsync();
        await desk.PictureAsync("raster-on-the-map");
        desk.AssertClean();
    }
}
