using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Chain;

/// <summary>The topology of docker-compose.yml as plain processes: two that answer, one that works, PostgreSQL and Redis between them.</summary>
public sealed class ScaledTopologyTest(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task What_one_worker_reads_every_web_process_shows_and_a_dead_worker_is_replaced_by_the_next()
    {
        using var feed = new OneGaugeFeed(0.31);
        using var data = new DataDirectory();
        await using var database = await ScratchDatabase.CreateAsync("Postgres");
        var redis = Environment.GetEnvironmentVariable("RESILIENCE_TEST_REDIS") ?? throw new InvalidOperationException("RESILIENCE_TEST_REDIS is not set: run the tests through tests/run, which starts a Redis.");
        IReadOnlyList<(string, string)> shared = [.. database.Environment, .. feed.Settings, ("Redis", $"!{redis}")];
        Task<RunningServer> StartAsync(string roles) => RunningServer.StartAsync(["--data", data.Path], [.. shared, ("Roles", roles)]);

        var worker = await StartAsync("worker");
        try
        {
            await using var first = await StartAsync("web");
            await using var second = await StartAsync("web");
            await using var one = await browser.OpenAsync(first.Url, Browser.Desk);
            await using var other = await browser.OpenAsync(second.Url, Browser.Desk);
            await ShowGaugesAsync(one);
            await ShowGaugesAsync(other);
            await SeesAsync("0.31 m", one, other);

            feed.Rise(0.36);
            await SeesAsync("0.36 m", one, other);

            await worker.KillAsync();
            feed.Rise(0.41);
            await worker.DisposeAsync();
            worker = await StartAsync("worker");
            await SeesAsync("0.41 m", one, other);
            one.AssertClean();
            other.AssertClean();
        }
        finally
        {
            await worker.DisposeAsync();
        }
    }

    private static async Task ShowGaugesAsync(Device desk)
    {
        await desk.Page.GotoAsync("/coordinator/");
        await desk.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Gauges") }).ClickAsync();
    }

    private static Task SeesAsync(string level, params Device[] desks) =>
        Task.WhenAll(desks.Select(desk => Assertions.Expect(desk.Page.GetByText(new Regex(Regex.Escape(level))).First).ToBeVisibleAsync(new() { Timeout = 60_000 })));
}
