using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Faces;

/// <summary>A coordinator follows a zone of the replayed Pearl River flood back to the readings, the rule and what lies in it, has it reckoned again, and asks how good the rule is.</summary>
public sealed class WhyItIsRedTest(Browser browser) : IClassFixture<Browser>
{
    // Beside the gauge near Bogalusa. Made up for the test.
    private const string Sites = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"kind":"Hospital","name":"Made Hospital","capacity":40},"geometry":{"type":"Point","coordinates":[-89.83,30.79]}},
        {"type":"Feature","properties":{"name":"Made Road","class":"primary"},"geometry":{"type":"LineString","coordinates":[[-89.9,30.79],[-89.7,30.8]]}}]}
        """;

    [Fact]
    public async Task A_zone_is_followed_back_to_its_readings_and_reckoned_again_and_its_rule_is_replayed()
    {
        using var data = new DataDirectory();
        using var exposure = new DataDirectory();
        await File.WriteAllTextAsync(Path.Combine(exposure.Path, "made.geojson"), Sites, TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path, "--speed", "600"], [("Risk__ExposurePath", exposure.Path)]);
        await using var desk = await browser.OpenAsync(server.Url, Browser.Desk);
        var page = desk.Page;
        await page.GotoAsync("/coordinator/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).First.ClickAsync();
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { NameRegex = new("Dechen") }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Gauges") }).ClickAsync();
        await page.GetByPlaceholder("Filter by name or place").FillAsync("Bogalusa");
        await page.Locator(".rows").GetByText("Pearl River near Bogalusa").First.ClickAsync(new() { Timeout = 60_000 });

        // From the gauge to its zone and down the chain, by keyboard.
        var detail = page.Locator("aside.detail");
        await PressAsync(detail.GetByRole(AriaRole.Button, new() { Name = "Minor flood at Pearl River near Bogalusa, LA" }), "Enter");
        await Assertions.Expect(detail).ToContainTextAsync("Made Hospital");
        await Assertions.Expect(detail).ToContainTextAsync("Made Road");
        var chain = detail.Locator(".evidence");
        foreach (var step in new[] { "Observation", "river-stage, version", "above flood stage", "Exposure" })
        {
            await Assertions.Expect(chain).ToContainTextAsync(step);
        }

        await PressAsync(chain.GetByRole(AriaRole.Button, new() { Name = "Reckon it again" }), "Enter");
        await Assertions.Expect(chain).ToContainTextAsync("the same, bit for bit");
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("why-it-is-red");

        await page.Locator("body").PressAsync("r");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "River stage and discharge" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Verify on stored observations" }).ClickAsync();
        await Assertions.Expect(card).Not.ToContainTextAsync("Never verified", new() { Timeout = 60_000 });
        await Assertions.Expect(card).ToContainTextAsync("On stored observations");
        await desk.AssertAccessibleAsync();
        await page.SetViewportSizeAsync(Browser.Phone.Width, Browser.Phone.Height);
        await desk.AssertAccessibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("rules-on-a-phone");
        desk.AssertClean();
    }

    private static async Task PressAsync(ILocator target, string key)
    {
        await target.FocusAsync(new() { Timeout = 60_000 });
        await target.PressAsync(key);
    }
}
