using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>The map of another moment: unmistakable while it is shown, by keyboard, and left with one key.</summary>
public sealed class TimeSliderTest(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task Past_and_expected_moments_are_shown_as_such_and_now_comes_back_whole()
    {
        using var data = new DataDirectory();
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;
        await page.GotoAsync("/coordinator/");
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { NameRegex = new("Gauges 2,?0") })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        var slider = page.GetByRole(AriaRole.Slider, new() { NameRegex = new("Moment the map shows") });
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        var bar = page.Locator(".moment-bar");
        await Assertions.Expect(bar).ToContainTextAsync("NOT NOW: as known", Soon);
        await Assertions.Expect(page.Locator(".app.not-now")).ToHaveCountAsync(1);
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("past");

        // The demo plays a minute a second: the present goes on behind the past.
        await Assertions.Expect(bar).ToContainTextAsync("came meanwhile", Soon);
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Drafts") }).ClickAsync();
        await Assertions.Expect(page.GetByText("are not kept for other moments")).ToBeVisibleAsync();

        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(bar).ToContainTextAsync("That is not “all quiet”.", Soon);
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(bar).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".app.not-now")).ToHaveCountAsync(0);

        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(bar).ToContainTextAsync("NOT NOW: expected for", Soon);
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(bar).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { NameRegex = new("Gauges 2,?0") })).ToBeVisibleAsync();

        // A reload never comes back to the past.
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(bar).ToContainTextAsync("NOT NOW", Soon);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { NameRegex = new("Gauges 2,?0") })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(bar).ToBeHiddenAsync();
    }
}
