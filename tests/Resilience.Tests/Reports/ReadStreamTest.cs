using System.Buffers;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Resilience.Reports;
using Resilience.Reports.Collecting;
using Resilience.Reports.Collecting.Formats;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Reports;

/// <summary>Streams: every format understood, every bad line put aside, the place kept, a gap shown.</summary>
public sealed class ReadStreamTest
{
    private const string Lines = """
        {"tweet_id":"1","created_at":"Thu Jun 20 11:50:00 +0000 2019","text":"Water has entered our house in Punakha","lang":"en"}
        {"id":2,"created_at":"2019-06-20T11:51:00Z","text":"safe"}

        {"did":"did:plc:a","time_us":1561031520000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{"text":"bridge gone","createdAt":"2019-06-20T11:52:00Z","langs":["en"]}}}
        {"did":"did:plc:a","time_us":1561031521000000,"kind":"identity","identity":{}}
        {"did":"did:plc:b","time_us":1561031522000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like","rkey":"k"}}
        {truncated
        [1]
        {"text":"no id"}
        {"id":"2","deleted":true}
        """;

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Lines_of_every_kind_are_read_and_bad_ones_put_aside(Engine engine)
    {
        using var network = new Network().Answer(Lines, "application/x-ndjson").Answer(Lines, "application/x-ndjson");
        await using var test = await ReportsKit.WithSourceAsync(engine, RegisterSource.JsonLinesStream, network);
        var stream = test.Get<StreamSources>();

        Assert.Equal(new Ingested(2, 1, 0, 3), await stream.ReadOnceAsync("s", CancellationToken.None));
        Assert.Equal(new Ingested(0, 3, 1, 3), await stream.ReadOnceAsync("s", CancellationToken.None));

        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal(["Water has entered our house in Punakha", "bridge gone"], await db.Posts.Where(post => !post.Deleted).OrderBy(post => post.PostedAt).Select(post => post.Text).ToListAsync());
        Assert.Equal("2", (await db.Sources.SingleAsync()).Cursor);
        Assert.Equal("?tag=flood&cursor=2", network.Asked[1].RequestUri!.Query);
    }

    [Fact]
    public async Task Server_sent_events_are_read_and_the_last_id_is_sent_back()
    {
        const string Events = ": hello\n\nid: 7\nevent: update\ndata: {\"id\":\"5\",\"created_at\":\"2019-06-20T11:50:00Z\",\ndata: \"content\":\"<p>mud</p>\",\"account\":{\"acct\":\"a\"}}\n\nid: 8\nevent: delete\ndata: 4\n\ndata: {\"id\":\"6\"";
        using var network = new Network().Answer(Events, "text/event-stream").Answer("", "text/event-stream");
        await using var test = await ReportsKit.WithSourceAsync(Engine.Sqlite, RegisterSource.JsonLinesStream, network);
        var stream = test.Get<StreamSources>();

        Assert.Equal(1, (await stream.ReadOnceAsync("s", CancellationToken.None)).Stored);
        await stream.ReadOnceAsync("s", CancellationToken.None);
        Assert.Equal(["8"], network.Asked[1].Headers.GetValues("Last-Event-ID"));
    }

    [Fact]
    public async Task A_broken_stream_says_why_and_keeps_what_came()
    {
        using var network = new Network();
        await using var test = await ReportsKit.WithSourceAsync(Engine.Sqlite, RegisterSource.JsonLinesStream, network);

        await Assert.ThrowsAsync<HttpRequestException>(() => test.Get<StreamSources>().ReadOnceAsync("s", CancellationToken.None));
        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal("nothing more to say", (await db.Sources.SingleAsync()).LastError);
    }

    [Theory]
    [InlineData("1561031520000000", "1561031521000000", 0, false)]
    [InlineData("1561031520000000", "1561035120000000", 0, true)]
    [InlineData("a", "b", 1, false)]
    [InlineData("a", "b", 60, true)]
    public void A_jump_between_two_connections_is_a_gap(string before, string now, int minutesAway, bool gap)
    {
        var source = new PostSource
        {
            Id = "s",
            Name = "",
            Format = "",
            Uri = "",
            EverySeconds = 60,
            Credit = "",
            Licence = "",
            Countries = "",
            ShiftSeconds = 0,
            Exercise = false,
            Cursor = before,
            LastGood = TestStore.Begin,
        };
        Assert.Equal(gap, Reading.Gap(source, TestStore.Begin.AddMinutes(minutesAway), now, null) is not null);
    }

    [Fact]
    public void However_the_network_cuts_the_bytes_the_events_are_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes("id: 1\r\nevent: update\r\ndata: {\"a\":\"é\"}\r\n\r\n: beat\n\ndata: x\ndata: y\n\nid: 2\ndata\n\n");
        var whole = Cut(bytes, []);
        Assert.Equal(["update|{\"a\":\"é\"}|1", "|x\ny|1", "||2"], whole);
        Gen.Int[1, bytes.Length - 1].Array[0, 8].Sample(cuts => Assert.Equal(whole, Cut(bytes, cuts)));
    }

    [Fact]
    public void A_line_without_end_is_dropped_and_the_next_one_read()
    {
        var lines = new EventLines(serverSent: false);
        var events = new List<StreamEvent>();
        for (var i = 0; i < 100; i++)
        {
            lines.Take(new ReadOnlySequence<byte>(new byte[16 * 1024].AsSpan().ToArray()), events);
        }

        lines.Take(new ReadOnlySequence<byte>("\n{}\n"u8.ToArray()), events);
        Assert.Equal([true, false], events.Select(one => one.TooLong));
    }

    private static List<string> Cut(byte[] bytes, int[] cuts)
    {
        var lines = new EventLines(serverSent: true);
        var events = new List<StreamEvent>();
        var from = 0;
        foreach (var to in cuts.Append(bytes.Length).Order())
        {
            lines.Take(new ReadOnlySequence<byte>(bytes, from, to - from), events);
            from = to;
        }

        return events.ConvertAll(one => $"{one.Name}|{Encoding.UTF8.GetString(one.Data.Span)}|{one.Id}");
    }
}
