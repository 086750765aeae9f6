using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.Feeds.PollFeedsTest;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds;

/// <summary>Whatever a feed sends, it is kept with its reason, shown in the feed's health, and harms nobody else.</summary>
public sealed class BadInputTest
{
    private static readonly Dictionary<string, (string Reason, Func<HttpContext, Task> Answer)> Inputs = new()
    {
        ["truncated JSON"] = ("truncated", context => context.Response.Body.WriteAsync(Document((0, 1)).AsMemory()[..^20]).AsTask()),
        ["depth 10,000"] = ("too-deep", context => context.Response.WriteAsync("""{"value":{"timeSeries":[""" + new string('[', 10_000) + new string(']', 10_000) + "]}}")),
        ["NaN"] = ("not-a-number", context => context.Response.WriteAsync("""{"value":{"timeSeries":[{"x":NaN}]}}""")),
        ["Infinity"] = ("not-a-number", context => context.Response.WriteAsync("""{"value":{"timeSeries":[{"x":Infinity}]}}""")),
        ["Latin-1 bytes"] = ("wrong-charset", context => context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes("""{"value":{"timeSeries":[],"n":"Zürich"}}""")).AsTask()),
        ["Latin-1 said"] = ("wrong-charset", context => SayAsync(context, "application/json; charset=iso-8859-1", "{}"u8.ToArray())),
        ["UTF-16"] = ("wrong-charset", context => SayAsync(context, "application/json", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")])),
        ["a web page"] = ("html", context => context.Response.WriteAsync("<!doctype html><title>Sign in</title>")),
        ["XML with a DTD"] = ("html", context => context.Response.WriteAsync("""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>""")),
        ["nothing"] = ("empty", _ => Task.CompletedTask),
        ["another document"] = ("not-this-format", context => context.Response.WriteAsync("""{"features":[]}""")),
        ["text"] = ("invalid-json", context => context.Response.WriteAsync("service unavailable")),
        ["50 MB"] = ("too-large", context => PourAsync(context, 50)),
        ["a gzip bomb"] = ("too-large", BombAsync),
        ["nothing usable"] = ("nothing-usable", context => context.Response.Body.WriteAsync(Recording.Bytes("usgs-iv-nothing_avail.json")).AsTask()),
    };

    public static TheoryData<string> Names => [.. Inputs.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Bad_input_is_quarantined_with_its_reason_and_the_neighbour_is_unaffected(string name)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        var (reason, answer) = Inputs[name];
        source.Answer = context => context.Response.Body.WriteAsync(Document((0, 1))).AsTask();
        await test.RegisterAsync(Definition("bad", "usgs-iv", source.Address + "/bad"));
        await test.RegisterAsync(Definition("good", "usgs-iv", source.Address + "/good"));
        await PollAsync(test);
        source.Answer = context => context.Request.Path == "/bad" ? answer(context) : context.Response.Body.WriteAsync(Document((0, 1), (15, 1.1))).AsTask();
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await PollAsync(test);

        var row = Assert.Single(await test.QuarantineAsync());
        Assert.Equal(("bad", reason), (row.FeedId, row.Reason));
        var bad = await test.FeedAsync("bad");
        Assert.Equal((1, 1, TestStore.Begin), (bad.ConsecutiveFailures, bad.Quarantined, bad.LastGood!.Value));
        Assert.Equal(row.Detail, bad.LastError);
        Assert.Equal((0, test.Clock.GetUtcNow()), ((await test.FeedAsync("good")).ConsecutiveFailures, (await test.FeedAsync("good")).LastGood));
        Assert.Equal(2, (await test.ObservationsAsync()).Count);
        await using var db = test.Store.Read<ObservationsDb>();
        var kept = db.Payloads.Single(payload => payload.FeedId == "bad" && payload.Sha256 == row.PayloadSha256);
        Assert.Equal(reason != "too-large", kept.Complete);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_whole_before_a_document_breaks_off_is_stored_and_the_feed_says_that_it_was_not_all(bool onTheWire)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        var series = Encoding.UTF8.GetString(Document((0, 1.5)))[24..^3];
        var document = Encoding.UTF8.GetBytes($$$"""{"value":{"timeSeries":[{{{series}}},{{{series}}}]}}""");
        source.Answer = async context =>
        {
            // Fewer bytes than promised: the server closes the connection in the middle of the answer.
            context.Response.ContentLength = onTheWire ? document.Length : document.Length - 40;
            await context.Response.Body.WriteAsync(document.AsMemory()[..^40]);
        };
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);

        Assert.Equal(1.5, Assert.Single(await test.ObservationsAsync()).Result);
        Assert.Single(await test.HandedOverAsync());
        Assert.Equal("truncated", Assert.Single(await test.QuarantineAsync()).Reason);
        Assert.Equal((1, null), ((await test.FeedAsync()).ConsecutiveFailures, (await test.FeedAsync()).LastGood));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Trouble_that_goes_on_is_one_row_with_a_count(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        source.Answer = context => context.Response.WriteAsync("<html>");
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        for (var i = 0; i < 5; i++)
        {
            await PollAsync(test);
            test.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(5, Assert.Single(await test.QuarantineAsync()).Times);
        Assert.Equal((FeedState.Dead, 5), ((await test.FeedAsync()).State, (await test.FeedAsync()).ConsecutiveFailures));
    }

    [Fact]
    public async Task A_body_far_beyond_the_limit_costs_little_memory()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite, ("Observations:MaxBytes", "1048576"));
        long sent = 0;
        source.Answer = async context =>
        {
            var chunk = new byte[64 * 1024];
            for (var i = 0; i < 16_000 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(chunk);
                sent += chunk.Length;
                if (i % 64 == 63)
                {
                    // Writing to a connection that is gone costs nothing; give the server a moment to notice that it is.
                    await Task.Delay(1);
                }
            }
        };
        await test.RegisterAsync(Definition("t", "usgs-iv", source.Address));
        await PollAsync(test);

        Assert.Contains("larger than", (await test.FeedAsync()).LastError);
        Assert.True(sent < 64 * 1024 * 1024, $"{sent:N0} bytes of 1 GB were taken before the connection was closed");
    }

    private static async Task SayAsync(HttpContext context, string contentType, byte[] bytes)
    {
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(bytes);
    }

    private static async Task PourAsync(HttpContext context, int megabytes)
    {
        var chunk = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
        for (var i = 0; i < megabytes && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(chunk);
        }
    }

    // 64 MB of blanks in 64 kB.
    private static async Task BombAsync(HttpContext context)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var blanks = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
            for (var i = 0; i < 64; i++)
            {
                await gzip.WriteAsync(blanks);
            }
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(packed.ToArray());
    }
}
