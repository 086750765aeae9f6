using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Resilience.Server.Replaying;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Server;

/// <summary>A recording answers as the recorded services did at the chain's time.</summary>
public sealed class RecordingHandlerTest
{
    private static readonly Uri DrillReadings = new("https://drill.invalid/ogcapi/v0/collections/continuous/items");
    private static readonly Uri DrillTimeline = new("https://drill.invalid/api/v1/timelines/tag/lunana");

    [Fact]
    public void Every_recording_loads_and_says_where_it_comes_from()
    {
        var all = Recording.LoadAll(Repository.Path("geodata", "recordings"));
        Assert.Equal(["britain-2020-02-26", "kerala-2018", "pearl-river-2019", "thorthormi-2019-drill"], all.Select(recording => recording.Id));
        Assert.All(all, recording =>
        {
            Assert.True(recording.RealFrom <= recording.DemoBegin && recording.DemoBegin < recording.RealTo);
            Assert.NotEmpty(recording.Licence);
            Assert.All(recording.Payloads, payload => Assert.True(File.Exists(Path.Combine(recording.Directory, payload.File)), payload.File));
        });
        Assert.Equal(["thorthormi-2019-drill"], all.Where(recording => recording.Synthetic).Select(recording => recording.Id));
    }

    [Fact]
    public void Everything_of_the_drill_says_that_it_is_an_exercise()
    {
        var drill = Load("thorthormi-2019-drill");
        Assert.All(drill.Feeds.Select(feed => feed.Name).Concat(drill.Sources.Select(source => source.Name)).Append(drill.Name).Append(drill.Credit), name => Assert.Contains("EXERCISE", name, StringComparison.Ordinal));
        Assert.All(new Played(drill, TimeSpan.Zero).Posts(drill.Payloads.Single(payload => payload.Kind == PayloadKind.Timeline)), post => Assert.Contains("EXERCISE", Encoding.UTF8.GetString(post.Json), StringComparison.Ordinal));
    }

    [Fact]
    public void The_drill_holds_the_published_figures_and_marks_the_others()
    {
        var drill = Load("thorthormi-2019-drill");
        using var readings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(drill.Directory, "continuous.json")));
        var lake = readings.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties"))
            .Where(properties => properties.GetProperty("monitoring_location_id").GetString() == "thorthormi-lake").ToList();
        foreach (var (time, value) in new[] { ("2019-06-20T12:05:00+00:00", "6.55"), ("2019-06-20T13:20:00+00:00", "8.04"), ("2019-06-20T16:40:00+00:00", "5.36") })
        {
            var reading = lake.Single(properties => properties.GetProperty("time").GetString() == time);
            Assert.Equal(value, reading.GetProperty("value").GetString());
            Assert.StartsWith("published", reading.GetProperty("drill_note").GetString(), StringComparison.Ordinal);
        }

        // The sensor dies after the drop: nothing until it is read again.
        Assert.DoesNotContain(lake, properties => string.CompareOrdinal(properties.GetProperty("time").GetString(), "2019-06-20T13:24:00+00:00") > 0 && string.CompareOrdinal(properties.GetProperty("time").GetString(), "2019-06-20T16:40:00+00:00") < 0);
    }

    [Fact]
    public async Task Nothing_is_answered_before_it_was_captured_nor_at_addresses_that_were_not_recorded()
    {
        var (client, clock) = Open("thorthormi-2019-drill", before: true);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(DrillReadings)).StatusCode);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(DrillReadings)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("https://elsewhere.invalid/")).StatusCode);
    }

    [Fact]
    public async Task A_known_entity_tag_is_answered_304_until_the_minute_changes()
    {
        var (client, clock) = Open("thorthormi-2019-drill");
        var tag = (await client.GetAsync(DrillReadings)).Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(client, DrillReadings, tag)).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, DrillReadings, tag)).StatusCode);
    }

    [Fact]
    public async Task A_timeline_shows_only_what_was_written_by_then_and_pages_like_the_real_one()
    {
        var (client, clock) = Open("thorthormi-2019-drill");
        Assert.Equal("[]", await client.GetStringAsync(DrillTimeline));

        clock.Advance(TimeSpan.FromHours(12));
        var all = await IdsAsync(client, DrillTimeline);
        Assert.Equal(all.OrderDescending(), all);
        var newest = await IdsAsync(client, new Uri($"{DrillTimeline}?limit=2"));
        Assert.Equal(all.Take(2), newest);
        Assert.Equal(all.Skip(2).Take(2), await IdsAsync(client, new Uri($"{DrillTimeline}?limit=2&max_id={newest[^1]}")));
        Assert.Equal(all.Take(1), await IdsAsync(client, new Uri($"{DrillTimeline}?since_id={all[1]}")));
    }

    [Fact]
    public async Task A_stream_gives_lines_unchanged_up_to_now_and_goes_on_after_the_last_one_seen()
    {
        var recording = Load("kerala-2018");
        var lines = File.ReadAllLines(Path.Combine(recording.Directory, "posts.jsonl"));
        var (client, clock) = Open("kerala-2018");
        clock.Advance(TimeSpan.FromMinutes(10));
        var now = (await client.GetStringAsync(recording.Sources[0].Uri)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(now.Length, 1, lines.Length - 1);
        Assert.Equal(lines.Take(now.Length), now);

        clock.Advance(TimeSpan.FromDays(3));
        var last = JsonDocument.Parse(now[^1]).RootElement.GetProperty("tweet_id").GetString();
        var rest = (await client.GetStringAsync(new Uri($"{recording.Sources[0].Uri}?cursor={last}"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Skip(now.Length), rest);
    }

    [Fact]
    public async Task An_open_stream_gives_a_line_when_its_time_comes()
    {
        var recording = Load("kerala-2018");
        var clock = new FakeTimeProvider(recording.RealFrom);
        var posts = new Played(recording, TimeSpan.Zero).Posts(recording.Payloads[0]);
        await using var stream = new PostStream(posts, TimeSpan.Zero, after: null, clock, endless: true);
        using var reader = new StreamReader(stream);
        Assert.Contains(posts[0].Id, await reader.ReadLineAsync(), StringComparison.Ordinal);

        var next = reader.ReadLineAsync();
        Assert.False(next.IsCompleted);
        clock.Advance(posts[1].CreatedAt - recording.RealFrom);
        Assert.Contains(posts[1].Id, await next.WaitAsync(TimeSpan.FromSeconds(5)), StringComparison.Ordinal);
    }

    private static Recording Load(string id) => Recording.Load(Repository.Path("geodata", "recordings", id));

    private static (HttpClient Client, FakeTimeProvider Clock) Open(string id, bool before = false)
    {
        var recording = Load(id);
        var clock = new FakeTimeProvider(recording.RealFrom - (before ? TimeSpan.FromMinutes(30) : TimeSpan.Zero));
        return (new HttpClient(new RecordingHandler([new Played(recording, TimeSpan.Zero)], clock, endless: false)), clock);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, Uri address, EntityTagHeaderValue known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(known);
        return await client.SendAsync(request);
    }

    private static async Task<List<string>> IdsAsync(HttpClient client, Uri address)
    {
        using var timeline = JsonDocument.Parse(await client.GetStringAsync(address));
        return [.. timeline.RootElement.EnumerateArray().Select(status => status.GetProperty("id").GetString()!)];
    }
}
