using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Streams;
using Resilience.Observations.Feeds.Streams.Wis2;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.Feeds.Streams.StreamFixture;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds.Streams;

/// <summary>A notification is taken at its word and checked: what it announces, where the data lies, and that the data is what was announced.</summary>
public sealed class Wis2FormatTest
{
    private const string Topic = "cache/a/wis2/bt-nchm/data/core/weather/surface-based-observations/synop";
    private const string Temperature = "wigos:0-20000-0-44999:air-temperature";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Inline_data_becomes_an_observation_by_station(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await TakeAsync(test, Notification(Value(21.5), "a/1"));
        var value = Assert.Single(await test.ObservationsAsync());
        Assert.Equal((Temperature, 21.5, TestStore.Begin.AddMinutes(-30)), (value.DatastreamId, value.Result, value.PhenomenonTime));
        Assert.Equal((FeedState.Ok, 1), ((await test.FeedAsync()).State, (await test.FeedAsync()).StationCount));
        Assert.Single(await test.HandedOverAsync());
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("base64")]
    [InlineData("gzip")]
    public async Task Inline_data_is_read_in_each_encoding(string encoding)
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        await TakeAsync(test, Notification(Value(3), "a/1", change: message => Inline(message, encoding, Value(3))));
        Assert.Equal(3, Assert.Single(await test.ObservationsAsync()).Result);
    }

    [Fact]
    public async Task Linked_data_is_fetched_and_its_hash_checked()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        source.Answer = context => context.Response.Body.WriteAsync(Value(4)).AsTask();
        await TakeAsync(test, Notification(Value(4), "a/1", 1, href: source.Address + "/data"));
        Assert.Equal(4, Assert.Single(await test.ObservationsAsync()).Result);

        await TakeAsync(test, Notification(Value(5, 1), "a/2", 2, href: source.Address + "/data")); // announced: 5; served: 4
        Assert.Single(await test.ObservationsAsync());
        var row = Assert.Single(await test.QuarantineAsync());
        Assert.Equal("wrong-hash", row.Reason);
        Assert.Contains("a/2", row.Detail);
        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Contains(db.Payloads, payload => payload.Sha256 == row.PayloadSha256);
    }

    [Fact]
    public async Task What_one_copy_spoilt_another_copy_brings()
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        await TakeAsync(test, Notification(Value(5), "a/1", 1, hash: Convert.ToBase64String(new byte[64])));
        Assert.Equal(NotificationOutcome.Refused, Assert.Single(await test.NotificationsAsync()).Outcome);
        await TakeAsync(test, Notification(Value(5), "a/1", 1));
        Assert.Equal(NotificationOutcome.Stored, Assert.Single(await test.NotificationsAsync()).Outcome);
        Assert.Single(await test.ObservationsAsync());
    }

    [Fact]
    public async Task A_link_into_the_own_network_is_not_followed()
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(Engine.Sqlite);
        await TakeAsync(test, Notification(Value(4), "a/1", href: source.Address.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal) + "/data"));
        Assert.Empty(source.Requests);
        Assert.Contains("private network", Assert.Single(await test.QuarantineAsync()).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("hex")]
    public async Task Hashes_of_other_methods_and_in_hexadecimal_are_checked_too(string kind)
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        var data = Value(6);
        await TakeAsync(test, Notification(data, "a/1", change: message => ((Dictionary<string, object?>)message["properties"]!)["integrity"] = kind switch
        {
            "sha256" => new { method = kind, value = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(data)) },
            "sha384" => new { method = kind, value = Convert.ToBase64String(System.Security.Cryptography.SHA384.HashData(data)) },
            _ => new { method = "sha512", value = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(data)) },
        }));
        Assert.Equal(6, Assert.Single(await test.ObservationsAsync()).Result);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_update_replaces_and_what_comes_late_does_not_undo_it(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await TakeAsync(test, Notification(Value(1), "a/1", 1, publishedMinute: 0));
        await TakeAsync(test, Notification(Value(2), "a/1", 2, "update", publishedMinute: 5));
        Assert.Equal([(0, 1.0), (1, 2.0)], (await test.ObservationsAsync()).Select(row => (row.Revision, row.Result)));
        await TakeAsync(test, Notification(Value(1.5), "a/1", 3, "update", publishedMinute: 3));
        Assert.Equal(2, (await test.ObservationsAsync()).Count);
        Assert.Equal([NotificationOutcome.Stored, NotificationOutcome.Superseded, NotificationOutcome.Stored], (await test.NotificationsAsync()).Select(row => row.Outcome));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_deletion_casts_doubt_on_what_was_brought_and_keeps_out_what_comes_after_it(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await TakeAsync(test, Notification(Value(41), "a/1", 1));
        await TakeAsync(test, Notification([], "a/1", 2, "deletion", publishedMinute: 5));
        var now = (await test.ObservationsAsync()).MaxBy(row => row.Revision)!;
        Assert.Equal((1, 41.0, "withdrawn"), (now.Revision, now.Result, now.Qualifier));
        Assert.True(now.Flags.HasFlag(QualityFlags.Suspect | QualityFlags.Qualifier));
        Assert.Equal(2, (await test.HandedOverAsync()).Count);

        await TakeAsync(test, Notification([], "a/2", 4, "deletion", publishedMinute: 5));
        await TakeAsync(test, Notification(Value(9, 5), "a/2", 3, publishedMinute: 1));
        Assert.Equal(2, (await test.ObservationsAsync()).Count);
    }

    [Fact]
    public async Task What_nobody_can_decode_is_kept_as_it_came_and_said_to_be_not_decoded()
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        await TakeAsync(test, Notification("GRIB…"u8.ToArray(), "model/1", type: "application/grib"));
        var row = Assert.Single(await test.QuarantineAsync());
        Assert.Equal("not-decoded", row.Reason);
        Assert.Contains("application/grib", (await test.FeedAsync()).LastError);
        Assert.Equal(NotificationOutcome.NotDecoded, Assert.Single(await test.NotificationsAsync()).Outcome);
        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Equal("GRIB…"u8.ToArray(), db.Payloads.Single(payload => payload.Sha256 == row.PayloadSha256).Gzip is var gzip ? Unpack(gzip) : []);
    }

    public static TheoryData<string> Broken => ["id", "both", "conformsTo", "version", "neither", "pubtime-offset", "pubtime", "geometry-line", "no-geometry", "no-datetime", "two-links", "no-link", "ftp", "no-data_id", "inline-long", "size", "encoding", "type"];

    [Theory, MemberData(nameof(Broken))]
    public void What_breaks_the_specification_is_refused(string what)
    {
        var good = Notification(Value(1), "a/1");
        Wis2Notification.Read(good); // without the change it is fine
        var bad = Notification(Value(1), "a/1", change: message =>
        {
            var properties = (Dictionary<string, object?>)message["properties"]!;
            var link = new { rel = "canonical", type = "application/geo+json", href = "https://data.example.org/x" };
            object? _ = what switch
            {
                "id" => message["id"] = "not-a-uuid",
                "both" => (message["version"] = "v03", message["conformsTo"] = Array.Empty<string>()),
                "conformsTo" => message["conformsTo"] = new[] { "http://example.org/other" },
                "version" => message["version"] = "v05",
                "neither" => (message.Remove("version"), message.Remove("conformsTo")),
                "pubtime-offset" => properties["pubtime"] = "2019-06-20T12:00:00+02:00",
                "pubtime" => properties["pubtime"] = "yesterday",
                "geometry-line" => message["geometry"] = new { type = "LineString", coordinates = new[] { new[] { 1, 2 }, [3, 4] } },
                "no-geometry" => message.Remove("geometry"),
                "no-datetime" => properties.Remove("datetime"),
                "two-links" => message["links"] = new[] { link, link with { rel = "update" } },
                "no-link" => message["links"] = new[] { link with { rel = "via" } },
                "ftp" => message["links"] = new[] { link with { href = "ftp://data.example.org/x" } },
                "no-data_id" => properties.Remove("data_id"),
                "inline-long" => properties["content"] = new { encoding = "utf-8", value = new string('x', 4_097), size = 4_097 },
                "size" => properties["content"] = new { encoding = "utf-8", value = "abc", size = 5 },
                "encoding" => properties["content"] = new { encoding = "latin-1", value = "abc", size = 3 },
                _ => message["type"] = "FeatureCollection",
            };
        });
        Assert.Throws<FeedTrouble>(() => Wis2Notification.Read(bad));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_sign_of_the_version_alone_is_enough(bool version) =>
        Assert.Equal("a/1", Wis2Notification.Read(Notification(Value(1), "a/1", change: message => message.Remove(version ? "conformsTo" : "version"))).DataId);

    [Fact]
    public void A_gzip_bomb_inside_a_notification_is_refused()
    {
        var message = Notification([], "a/1", change: m => Inline(m, "gzip", new byte[2_000_000]));
        Assert.Equal("too-large", Assert.Throws<FeedTrouble>(() => Wis2Notification.Read(message)).Reason);
    }

    [Fact]
    public Task Damaged_notifications_break_nothing()
    {
        byte[][] seeds = [Notification(Value(1), "a/1"), Notification(Value(2), "a/2", href: "https://data.example.org/x"), Notification(Value(3), "a/3", change: message => Inline(message, "gzip", Value(3))), Notification(Value(4), "a/4", change: message => Inline(message, "utf-8", Value(4)))];
        return Formats.FuzzRun.RunAsync(
            "wis2 notification",
            n => Formats.Fuzz.Damage(seeds[n % seeds.Length], new Random(n)),
            (_, document, parsed) =>
            {
                if (Wis2Notification.Read(document).Content is { } content)
                {
                    WeatherGeoJson.Read(content, "t", parsed);
                }

                return Task.CompletedTask;
            },
            json: true);
    }

    [Fact]
    public Task Damaged_observations_of_a_node_break_nothing() => Formats.FuzzRun.RunAsync(
        "wis2 geojson",
        n => Formats.Fuzz.Damage(n % 2 == 0 ? Value(1) : Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{Encoding.UTF8.GetString(Value(1))}},{{Encoding.UTF8.GetString(Value(2, 1))}}]}"""), new Random(n)),
        (_, document, parsed) =>
        {
            WeatherGeoJson.Read(document, "t", parsed);
            return Task.CompletedTask;
        },
        json: true);

    internal static async Task TakeAsync(TestStore test, byte[] message, string topic = Topic)
    {
        await using (var db = test.Store.Read<ObservationsDb>())
        {
            if (!db.Feeds.Any())
            {
                await test.RegisterAsync(ObservationsFixture.Definition("t", "wis2", "mqtt://127.0.0.1:1") with { Topics = [Topic] });
            }
        }

        var acknowledged = false;
        await test.Get<StoreMessages>().StoreAsync(
            await test.FeedAsync(), test.Services.GetServices<IStreamFormat>().Single(format => format.Name == "wis2"),
            [new StreamMessage(topic, message, _ => Task.FromResult(acknowledged = true))], null, CancellationToken.None);
        Assert.False(acknowledged); // that is for whoever called
    }

    private static void Inline(Dictionary<string, object?> message, string encoding, byte[] data)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(data);
        }

        ((Dictionary<string, object?>)message["properties"]!)["content"] = encoding switch
        {
            "utf-8" => new { encoding, value = Encoding.UTF8.GetString(data), size = data.Length },
            "gzip" => new { encoding, value = Convert.ToBase64String(packed.ToArray()), size = (int)packed.Length },
            _ => new { encoding, value = Convert.ToBase64String(data), size = data.Length },
        };
    }

    private static byte[] Unpack(byte[] gzip)
    {
        var unpacked = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
