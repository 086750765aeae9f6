using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Chain;

/// <summary>The whole chain as people see it: the lake bursts, two people warn, a phone sounds, someone asks for help, someone goes.</summary>
public sealed class FromGaugeToVolunteerTest(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task Two_coordinators_warn_a_citizen_hears_and_answers_and_a_volunteer_takes_a_task()
    {
        using var push = new PushSink();
        using var handset = new PushPhone(push);
        using var data = new DataDirectory();
        await using var server = await RunningServer.StartAsync(["demo", "--data", data.Path], [("Dissemination__WebPush__AllowedOrigins__0", push.Origin)]);

        await using var citizen = await browser.OpenAsync(server.Url, Browser.Phone);
        await handset.PutIntoAsync(citizen);
        await SubscribeAsync(citizen, "Punakha");
        Assert.Contains("\"test\"", await handset.ReadAsync(await MessageAsync(push, 1, server)), StringComparison.Ordinal);

        await using var author = await browser.OpenAsync(server.Url, Browser.Desk);
        await using var approver = await browser.OpenAsync(server.Url, Browser.Desk, ColorScheme.Dark);
        await SubmitDraftAsync(author, new("OUTBURST", RegexOptions.IgnoreCase));
        Assert.Single(push.Messages);
        await ApproveAsync(approver, new("OUTBURST", RegexOptions.IgnoreCase));

        await PushPhone.WakeAsync(citizen, await handset.ReadAsync(await MessageAsync(push, 2, server)));
        var notice = await Eventually.ValueAsync(async () => await PushPhone.FindNoticeAsync(citizen), () => "The service worker showed no notice.");
        Assert.StartsWith("EXERCISE", notice, StringComparison.Ordinal);
        Assert.Contains("OUTBURST", notice, StringComparison.OrdinalIgnoreCase);
        await Task.WhenAll(author.PictureAsync("author"), approver.PictureAsync("approver"));

        await citizen.Page.ReloadAsync();
        await Assertions.Expect(citizen.Page.GetByText(new Regex("Your place is inside")).First).ToBeVisibleAsync(Soon);
        await citizen.PictureAsync("warned");
        await AskForHelpAsync(citizen);

        await using var volunteer = await browser.OpenAsync(server.Url, Browser.Phone);
        await JoinAsync(volunteer);
        await AssertNobodyIsSentIntoTheFloodAsync(volunteer);
        await TakeAndFinishATaskAsync(volunteer);

        foreach (var device in new[] { author, approver, volunteer })
        {
            device.AssertClean();
        }
    }

    private static async Task<byte[]> MessageAsync(PushSink push, int number, RunningServer server)
    {
        await Eventually.TrueAsync(() => Task.FromResult(push.Messages.Count >= number), () => $"Push message {number} did not come.\n{string.Join('\n', server.Output.TakeLast(30))}");
        return push.Messages.ElementAt(number - 1);
    }

    private static async Task SubscribeAsync(Device citizen, string place)
    {
        await citizen.Page.GotoAsync("/citizen/");
        await citizen.Page.GetByRole(AriaRole.Searchbox).FillAsync(place);
        await citizen.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(@"people$") }).First.ClickAsync();
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, notify me" }).ClickAsync();
        await Assertions.Expect(citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, notify me" })).ToBeHiddenAsync();
    }

    private static async Task SubmitDraftAsync(Device author, Regex headline)
    {
        await SignInAsync(author, "Dechen");
        await OpenDraftAsync(author, headline);
        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Take over and edit" }).ClickAsync();
        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        await Assertions.Expect(author.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Drafts") })).ToBeVisibleAsync();
    }

    private static async Task ApproveAsync(Device approver, Regex headline)
    {
        await SignInAsync(approver, "Karma");
        await OpenDraftAsync(approver, headline);
        await approver.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("…$"), Exact = false }).First.ClickAsync();
        await approver.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Send EXERCISE alert" }).ClickAsync();
        await Assertions.Expect(approver.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Alerts 1") })).ToBeVisibleAsync(Soon);
    }

    private static async Task SignInAsync(Device desk, string name)
    {
        await desk.Page.GotoAsync("/coordinator/");
        await desk.Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{name}") }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    private static async Task OpenDraftAsync(Device desk, Regex headline)
    {
        await desk.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Drafts") }).ClickAsync();
        var draft = desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = headline }).First;
        await Assertions.Expect(draft).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await draft.ClickAsync();
    }

    private static async Task AskForHelpAsync(Device citizen)
    {
        await citizen.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("help", RegexOptions.IgnoreCase) }).First.ClickAsync();
        await citizen.Page.GetByRole(AriaRole.Radio).First.CheckAsync(new() { Force = true });
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Send call for help" }).ClickAsync();
        await Assertions.Expect(citizen.Page.GetByText(new Regex("Received by the relief desk")).First).ToBeVisibleAsync(Soon);
    }

    private static async Task JoinAsync(Device volunteer)
    {
        await volunteer.Page.GotoAsync("/volunteer/");
        await volunteer.Page.GetByLabel("Your name").FillAsync("Pema");
        await volunteer.Page.GetByLabel(new Regex("^Your group")).FillAsync("Red Cross Wangdue");
        await volunteer.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
    }

    private static async Task AssertNobodyIsSentIntoTheFloodAsync(Device volunteer)
    {
        await volunteer.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Pun.kha") }).First.ClickAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(volunteer.Page.GetByText("Nobody may take this task while the alert covers the place.")).ToBeVisibleAsync();
        await Assertions.Expect(volunteer.Page.GetByRole(AriaRole.Button, new() { Name = "Take this task" })).ToBeDisabledAsync();
        await volunteer.PictureAsync("blocked");
        await volunteer.Page.GoBackAsync();
    }

    private static async Task TakeAndFinishATaskAsync(Device volunteer)
    {
        await volunteer.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Kerala") }).First.ClickAsync(new() { Timeout = 60_000 });
        await volunteer.Page.GetByRole(AriaRole.Button, new() { Name = "Take this task" }).ClickAsync();
        await Assertions.Expect(volunteer.Page.GetByText(new Regex("Yours until")).First).ToBeVisibleAsync(Soon);
        await volunteer.PictureAsync("claimed");
        await volunteer.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await volunteer.Page.GetByRole(AriaRole.Button, new() { Name = "Report as done" }).ClickAsync();
        await Assertions.Expect(volunteer.Page.GetByText(new Regex("Thank you|Confirmed")).First).ToBeVisibleAsync(Soon);
    }
}
