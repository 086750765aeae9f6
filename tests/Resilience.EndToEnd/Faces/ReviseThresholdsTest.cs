using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>One coordinator gives a gauge thresholds, the other sees what they would have meant and agrees; the gauge is judged by them.</summary>
public sealed class ReviseThresholdsTest(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Thresholds_are_tried_proposed_by_one_and_agreed_by_the_other()
    {
        using var data = new DataDirectory();
        using var source = new OneGaugeFeed(0.42);
        await using var server = await RunningServer.StartAsync(["--data", data.Path], [.. source.Settings]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;
        await TwoCoordinators.SetUpAsync(page, server);
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Gauges") }).ClickAsync();
        await page.Locator(".rows").GetByText("Test Weir").ClickAsync(new() { Timeout = 30_000 });
        await page.GetByText("Thresholds (").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change…" }).ClickAsync();
        var dialog = page.Locator("dialog");
        await dialog.GetByLabel("Action stage").FillAsync("0,4");
        await dialog.GetByLabel("Minor flood").FillAsync("0.3");
        await Assertions.Expect(dialog.GetByText("Minor flood: give a number above the level before it.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Minor flood").FillAsync("0.9");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Propose" })).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Try on past readings" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("A flood here is the water reaching 0.90 m.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Where do these values come from?").FillAsync("Marks on the mill wall");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Propose" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Why shall they be in force without history?").FillAsync("The gauge is new; the marks are old.");
        await desk.AssertAccessibleAsync();
        await desk.PictureAsync("thresholds-tried");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Propose" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You proposed this; another coordinator has to agree.")).ToBeVisibleAsync();

        await TwoCoordinators.SignOutAsync(page);
        await TwoCoordinators.SignInAsync(page, "Karma");
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Drafts") }).ClickAsync();
        await page.Locator(".rows").GetByText("Thresholds of Test Weir").ClickAsync();
        await desk.AssertAccessibleAsync();
        await Assertions.Expect(page.GetByText("The gauge is new; the marks are old.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Agree" })).ToBeDisabledAsync();
        await page.GetByLabel("I, too, want them in force without history").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
        await Assertions.Expect(page.GetByText("set by Dechen and Karma").First).ToBeVisibleAsync();
        source.Rise(0.43);
        await Assertions.Expect(page.Locator(".detail .big").First).ToContainTextAsync("Action stage", new() { Timeout = 30_000 });
        await desk.PictureAsync("thresholds-in-force");
        desk.AssertClean();
    }
}
