using System.Net;
using Microsoft.EntityFrameworkCore;
using Resilience.Reports;
using Resilience.Reports.Collecting;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Reports;

/// <summary>Polling asks politely, goes on where it stopped, and shows what went wrong.</summary>
public sealed class PollSourcesTest
{
    private const string Two = """
        [{"id":"110","created_at":"2019-06-20T11:58:00.000Z","language":"en","content":"<p>Road to Lunana<br>is <b>washed</b> away <a href=\"https://x\"><span class=\"invisible\">https://</span>x</a></p><p>Send help</p>","account":{"id":"7","acct":"pema@social.bt"},"spoiler_text":""},
         {"id":"99","created_at":"2019-06-20T11:57:00.000Z","language":"en-GB","content":"<p>boost</p>","account":{"acct":"b"},"reblog":{"id":"42","created_at":"2019-06-20T11:00:00Z","content":"<p>original</p>","account":{"acct":"c"}}}]
        """;

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_timeline_becomes_posts_and_the_next_poll_asks_for_newer_ones(Engine engine)
    {
        using var network = new Network().Answer(Two, etag: "\"a\"").Answer("[]", etag: "\"b\"").Answer("", status: HttpStatusCode.NotModified);
        await using var test = await ReportsKit.WithSourceAsync(engine, RegisterSource.MastodonTimeline, network);
        for (var round = 0; round < 3; round++)
        {
            await test.Get<PollSources>().RunAsync(CancellationToken.None);
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal(["original", "Road to Lunana is washed away https://x Send help"], await db.Posts.OrderBy(post => post.PostedAt).Select(post => post.Text).ToListAsync());
        Assert.Equal(["?tag=flood&limit=40", "?tag=flood&limit=40&since_id=110", "?tag=flood&limit=40&since_id=110"], network.Asked.Select(asked => asked.RequestUri!.Query));
        Assert.Equal(["", "", "\"b\""], network.Asked.Select(asked => asked.Headers.IfNoneMatch.ToString()));
        var source = await db.Sources.SingleAsync();
        Assert.Equal((SourceState.Ok, 0, null), (source.State, source.Failures, source.LastError));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_failing_source_waits_longer_each_time_and_says_why(Engine engine)
    {
        using var network = new Network().Answer("", status: HttpStatusCode.InternalServerError).Answer("<html>").Answer(Two);
        await using var test = await ReportsKit.WithSourceAsync(engine, RegisterSource.MastodonTimeline, network);
        var (errors, pauses) = (new List<string?>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            await test.Get<PollSources>().RunAsync(CancellationToken.None);
            await using var db = test.Store.Read<ReportsDb>();
            var source = await db.Sources.SingleAsync();
            errors.Add(source.LastError);
            pauses.Add((source.NextAt - test.Clock.GetUtcNow()).TotalMinutes);
            test.Clock.SetUtcNow(source.NextAt);
        }

        Assert.Equal(["The source answered 500 Internal Server Error.", "Not JSON at line 1, byte 1.", null], errors);
        Assert.InRange(pauses[0], 0.8, 1.2);
        Assert.InRange(pauses[1], 1.6, 2.4);
        Assert.Equal(1, pauses[2], 6);
    }

    [Theory]
    [InlineData(6_000_000, "The answer is larger than 5 MiB.")]
    [InlineData(100, "The JSON is nested deeper than 32 levels.")]
    public async Task A_monstrous_answer_is_refused(int size, string error)
    {
        using var network = new Network().Answer(new string('[', size));
        await using var test = await ReportsKit.WithSourceAsync(Engine.Sqlite, RegisterSource.MastodonTimeline, network);
        await test.Get<PollSources>().RunAsync(CancellationToken.None);

        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal(error, (await db.Sources.SingleAsync()).LastError);
    }

    [Fact]
    public async Task A_silent_source_turns_late_and_then_dead()
    {
        using var network = new Network().Answer("[]");
        await using var test = await ReportsKit.WithSourceAsync(Engine.Sqlite, RegisterSource.MastodonTimeline, network);
        await test.Get<PollSources>().RunAsync(CancellationToken.None);
        var states = new List<SourceState>();
        foreach (var minutes in new[] { 2, 2, 8 })
        {
            test.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await test.Get<WatchSources>().RunAsync(CancellationToken.None);
            await using var db = test.Store.Read<ReportsDb>();
            states.Add((await db.Sources.SingleAsync()).State);
        }

        Assert.Equal([SourceState.Ok, SourceState.Late, SourceState.Dead], states);
    }
}
