using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Dissemination.Rendering;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>The page says who, what, where, what to do and until when, in this order, small, and safe whatever an alert contains.</summary>
public sealed class AlertPageTest
{
    [Fact]
    public async Task An_alert_reads_as_it_should()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var alert = await reach.IssueAsync(reach.NewAlert(a => a with { Texts = [.. a.Texts, new AlertText("dz", "ཆུ་རུད།", "ཆུ་འཕར་དེས།", "ཡར་སོང་།")] }));
        Golden.Matches("alert.html", await GetAsync(reach, alert));
    }

    [Fact]
    public async Task A_drill_is_hatched_first_and_last()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite, OperatingMode.Replay);
        var alert = await reach.IssueAsync(reach.NewAlert(a => a with
        {
            Status = CapStatus.Exercise,
            Texts = [new AlertText("en", "EXERCISE – FLOOD – EXERCISE", "EXERCISE – Water rises. – EXERCISE", "EXERCISE – MOVE uphill. – EXERCISE")],
        }));
        var page = await GetAsync(reach, alert);

        Assert.Contains("<title>EXERCISE – FLOOD", page);
        Assert.True(page.IndexOf("class=\"hatch\"", StringComparison.Ordinal) < page.IndexOf("<main>", StringComparison.Ordinal));
        Assert.True(page.LastIndexOf("class=\"hatch\"", StringComparison.Ordinal) > page.IndexOf("</main>", StringComparison.Ordinal));
        Assert.Contains("<ol><li>MOVE uphill.</li></ol>", page);
    }

    [Fact]
    public async Task A_retracted_alert_is_struck_through_and_says_when_and_why()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var alert = reach.NewAlert(a => a with { State = AlertState.Cancelled, EndedAt = TestStore.Begin.AddMinutes(12), EndReason = "SentInError" });
        var cancel = reach.Follow(alert, CapMsgType.Cancel);
        await reach.IssueAsync(alert);
        await reach.IssueAsync(cancel);

        var page = await GetAsync(reach, alert);

        Assert.Contains("Retracted 18:12 on Thursday 20 June 2019 (UTC+06:00). It was sent in error.", System.Net.WebUtility.HtmlDecode(page));
        Assert.Contains($"<a href=\"/alerts/{cancel.Id}\">Read the latest message</a>", page);
        Assert.Contains("<body class=\"severe over\">", page);
        Assert.Contains("<body class=\"severe\">", await GetAsync(reach, cancel));
    }

    [Fact]
    public async Task Nothing_in_an_alert_becomes_markup()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        const string evil = "\"><script>alert(1)</script>'&<img src=x onerror=y>";
        var alert = await reach.IssueAsync(reach.NewAlert(a => a with { AreaDesc = evil, Sender = evil, Texts = [new AlertText("en\"><script>", evil, evil, evil), new AlertText("x'><script>", evil, evil, evil)] }));
        var page = await GetAsync(reach, alert);

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain("style=", page);
    }

    [Fact]
    public async Task The_largest_alert_with_its_style_stays_under_30_KB()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var words = string.Concat(Enumerable.Repeat("ཆུ་འཕར་དེས། ", 100));
        var alert = await reach.IssueAsync(reach.NewAlert(a => a with { Texts = [new AlertText("dz", words[..160], words, words)] }));

        var size = Encoding.UTF8.GetByteCount(await GetAsync(reach, alert, "dz")) + new FileInfo(Repository.Path("src", "Resilience.Dissemination", "Rendering", "alert.css")).Length;
        Assert.InRange(size, 1, 30_000);
    }

    [Fact]
    public async Task Right_to_left_languages_run_right_to_left()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite);
        var alert = await reach.IssueAsync(reach.NewAlert(a => a with { Texts = [.. a.Texts, new AlertText("ar", "فيضان", "الماء يرتفع.", "اصعد الآن.")] }));
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", await GetAsync(reach, alert, "ar"));
    }

    [Theory]
    [InlineData("MOVE uphill now. TAKE 3.5 l of water!\nDo NOT drive?", "MOVE uphill now.|TAKE 3.5 l of water!|Do NOT drive?")]
    [InlineData("逃げて。急いで。", "逃げて。|急いで。")]
    [InlineData(" … . ", "")]
    public void Each_sentence_is_one_thing_to_do(string instruction, string steps) => Assert.Equal(steps, string.Join('|', AlertPage.ListSentences(instruction)));

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Now_shows_the_worst_first_then_the_nearest_and_nothing_that_is_over(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var near = await reach.IssueAsync(reach.NewAlert(a => a with { Severity = CapSeverity.Minor }));
        var severe = await reach.IssueAsync(reach.NewAlert(a => a with { Area = Reach.Box(90.1, 27.4, 90.2, 27.6) }));
        var extreme = await reach.IssueAsync(reach.NewAlert(a => a with { Severity = CapSeverity.Extreme, Area = Reach.Box(90.3, 27.4, 90.35, 27.6) }));
        await reach.IssueAsync(reach.NewAlert(a => a with { Area = Reach.Box(95, 27.4, 96, 27.6) }));
        await reach.IssueAsync(reach.NewAlert(a => a with { Expires = TestStore.Begin.AddMinutes(-1) }));

        var now = await reach.Test.Get<ShowNow>().HandleAsync(89.905, 27.485, null, CancellationToken.None);

        Assert.Equal(TestStore.Begin, now.Checked);
        Assert.Equal([extreme.Id, severe.Id, near.Id], now.Alerts.Select(alert => alert.Id));
        Assert.Equal([false, false, true], now.Alerts.Select(alert => alert.Inside));
        Assert.InRange(now.Alerts[1].Km, 19, 19.5);
    }

    private static async Task<string> GetAsync(Reach reach, Alert alert, string? language = null)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        using var body = new MemoryStream();
        http.Response.Body = body;
        var result = await reach.Test.Get<ShowAlertPage>().HandleAsync(alert.Id, language, http, CancellationToken.None);
        await result.ExecuteAsync(http);
        Assert.Equal("no-cache", http.Response.Headers.CacheControl);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
