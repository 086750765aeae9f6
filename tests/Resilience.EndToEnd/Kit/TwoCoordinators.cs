using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Resilience.EndToEnd.Kit;

/// <summary>The first two people of a new server, Dechen and Karma, as they set themselves up and sign in.</summary>
public static class TwoCoordinators
{
    /// <summary>Follows the link the server prints and creates both; Dechen is then signed in.</summary>
    public static async Task SetUpAsync(IPage page, RunningServer server)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.GotoAsync(await SetupLinkAsync(server));
        foreach (var (group, name) in new[] { ("First person", "Dechen"), ("Second person", "Karma") })
        {
            await page.GetByRole(AriaRole.Group, new() { Name = group }).GetByLabel("Name").FillAsync(name);
            await page.GetByRole(AriaRole.Group, new() { Name = group }).GetByLabel("Password").FillAsync(Password(name));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Create both accounts" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    /// <summary>Signs in one of them.</summary>
    public static async Task SignInAsync(IPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).First.ClickAsync();
        var dialog = page.Locator("dialog");
        await dialog.GetByLabel("Name").FillAsync(name);
        await dialog.GetByLabel("Password").FillAsync(Password(name));
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    /// <summary>Signs out whoever is in.</summary>
    public static Task SignOutAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
    }

    private static string Password(string name) => $"{name} by the river 7";

    /// <summary>The link is printed just after the server answers its first call.</summary>
    private static async Task<string> SetupLinkAsync(RunningServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (server.Output.Select(line => Regex.Match(line, @"/coordinator/#setup=\S+")).FirstOrDefault(match => match.Success) is { } link)
            {
                return link.Value;
            }

            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), $"No setup link was printed.\n{string.Join('\n', server.Output)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
