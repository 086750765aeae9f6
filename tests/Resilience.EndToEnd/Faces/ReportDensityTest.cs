using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>How many report from where: seen without an account, by keyboard, and gone when switched off.</summary>
public sealed class ReportDensityTest(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Five_and_more_authors_of_one_area_stand_on_everybodys_map_and_nobody_is_named()
    {
        using var data = new DataDirectory();
        // The drill's posts come in over five hours: a minute here.
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path, "--speed", "300"]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;
        await page.GotoAsync("/coordinator/");
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Alerts") }).ClickAsync();
        var row = page.Locator(".rows button", new() { HasText = "different authors" }).First;
        await Assertions.Expect(row).ToBeVisibleAsync(new() { Timeout = 150_000 });
        await row.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        var detail = page.Locator("aside.detail");
        await Assertions.Expect(detail).ToContainTextAsync("5–9 different authors");
        await Assertions.Expect(detail).ToContainTextAsync("Never told of fewer than five");
        await Assertions.Expect(page.Locator(".legend")).ToContainTextAsync("Reports by area: 5–9");
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("report-density");

        await page.GetByRole(AriaRole.Button, new() { Name = "Layers" }).ClickAsync();
        await page.GetByLabel("Reports by area").UncheckAsync();
        await Assertions.Expect(page.Locator(".legend")).Not.ToContainTextAsync("Reports by area");
        desk.AssertClean();
    }
}
