using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>What a newcomer sees: one command, a map that moves, and every face usable on a desk and on a phone.</summary>
public sealed class DemoTest(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_demo_opens_on_a_map_that_draws_and_says_that_nothing_is_real()
    {
        using var data = new DataDirectory();
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);

        await desk.Page.GotoAsync("/");
        await Assertions.Expect(desk.Page.GetByText("nothing goes to the public").First).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("Gauges 2,?0") })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Eventually.TrueAsync(
            async () => await desk.CountColoursAsync(".map canvas") > 20,
            () => "The map stays blank.");
        await desk.PictureAsync("desk");

        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        desk.AssertClean();
    }

    [Fact]
    public async Task A_risk_zone_changes_colour_on_the_open_map()
    {
        using var data = new DataDirectory();
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        await desk.Page.GotoAsync("/coordinator/");
        await Eventually.TrueAsync(async () => await desk.CountColoursAsync(".map canvas") > 20, () => "The map stays blank.");

        // The lake's gauge stands in the list of alarms as soon as the lake is above its action stage; choosing it brings the map there.
        await desk.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Gauges") }).ClickAsync();
        await desk.Page.GetByPlaceholder("Filter by name or place").FillAsync("Thorthormi");
        await desk.Page.GetByText("Thorthormi Tsho at outlet").First.ClickAsync(new() { Timeout = 60_000 });

        // The drill's lake rises, empties and floods within the first minutes; the outburst zone turns the page red without a reload.
        var marker = await desk.Page.EvaluateAsync<double>("() => window.__loaded = Math.random()");
        await Eventually.TrueAsync(
            async () => await desk.CountPixelsAsync(".map canvas", "#a3001b", tolerance: 70) > 200,
            () => "No zone turned Extreme on the map.",
            TimeSpan.FromMinutes(2));
        Assert.Equal(marker, await desk.Page.EvaluateAsync<double>("() => window.__loaded"));
        await desk.PictureAsync("outburst");
    }

    [Theory]
    [InlineData("/coordinator/", 1440, 900, "Dark")]
    [InlineData("/coordinator/", 390, 844, "Light")]
    [InlineData("/citizen/", 390, 844, "Light")]
    [InlineData("/citizen/", 1440, 900, "Dark")]
    [InlineData("/volunteer/", 390, 844, "Dark")]
    [InlineData("/volunteer/", 1440, 900, "Light")]
    public async Task Every_face_fits_is_accessible_and_talks_to_no_other_host(string face, int width, int height, string scheme)
    {
        using var data = new DataDirectory();
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path]);
        await using var device = await browser.OpenAsync(server.Url, new ViewportSize { Width = width, Height = height }, Enum.Parse<ColorScheme>(scheme));

        await device.Page.GotoAsync(face);
        await Assertions.Expect(device.Page.Locator("h1, h2, [role=tab], button").First).ToBeVisibleAsync();
        await device.Page.WaitForLoadStateAsync(LoadState.NetworkIdle, new() { Timeout = 10_000 }).ContinueWith(_ => { });
        await device.PictureAsync($"{face.Trim('/')}-{width}-{scheme}");

        await device.AssertAccessibleAsync();
        await device.AssertFitsAsync();
        device.AssertClean();
    }
}
