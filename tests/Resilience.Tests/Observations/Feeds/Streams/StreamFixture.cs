using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Streams;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Feeds.Streams;

/// <summary>Short ways to listen, to wait for what must come, and to write the messages of the formats.</summary>
internal static class StreamFixture
{
    internal static readonly (string Key, string Value)[] Quick = [("Observations:StreamRetryDelay", "00:00:00.05")];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static FeedDefinition Definition(Mosquitto broker, string topic, string id = "t", string format = "wis2") => ObservationsFixture.Definition(id, format, $"mqtt://127.0.0.1:{broker.Port}") with { Topics = [topic] };

    /// <summary>Starts the hosted listener; end it by disposing what is returned.</summary>
    internal static async Task<Listening> ListenAsync(this TestStore test)
    {
        var listener = test.Services.GetServices<IHostedService>().OfType<ListenToFeeds>().Single();
        await listener.StartAsync(CancellationToken.None);
        return new Listening(listener);
    }

    /// <summary>Waits until something holds; the network needs its time, nothing here sleeps for a guess.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(deadline.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s in vain: {what}");
            await Task.Delay(20);
        }
    }

    internal static Task UntilConnectedAsync(this TestStore test, string id = "t") => UntilAsync(async () => await test.FeedAsync(id) is { LastTried: not null, LostSince: null }, $"feed {id} connected");

    internal static Task UntilStoredAsync(this TestStore test, int observations) => UntilAsync(async () => (await test.ObservationsAsync()).Count >= observations, $"{observations} observations");

    internal static Task UntilQuarantinedAsync(this TestStore test, string reason) => UntilAsync(async () => (await test.QuarantineAsync()).Exists(row => row.Reason == reason), $"quarantine {reason}");

    internal static async Task<List<HandledNotification>> NotificationsAsync(this TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return [.. db.Notifications.OrderBy(row => row.PublishedAt)];
    }

    /// <summary>One value of one station as WIS2 nodes publish it in GeoJSON.</summary>
    internal static byte[] Value(double celsius, int minutes = 0, string station = "0-20000-0-44999") => Encoding.UTF8.GetBytes(
        $$"""{"type":"Feature","geometry":{"type":"Point","coordinates":[90.5,27.5]},"properties":{"wigos_station_identifier":"{{station}}","name":"air_temperature","value":{{celsius.ToString(System.Globalization.CultureInfo.InvariantCulture)}},"units":"Celsius","phenomenonTime":"{{TestStore.Begin.AddMinutes(minutes - 30):yyyy-MM-ddTHH:mm:ssZ}}"} }""");

    /// <summary>A notification that carries or links to data.</summary>
    internal static byte[] Notification(byte[] data, string dataId, int id = 1, string rel = "canonical", string? href = null, string type = "application/geo+json", int publishedMinute = 0, string? hash = null, Action<Dictionary<string, object?>>? change = null)
    {
        var properties = new Dictionary<string, object?>
        {
            ["data_id"] = dataId,
            ["pubtime"] = $"{TestStore.Begin.AddMinutes(publishedMinute):yyyy-MM-ddTHH:mm:ssZ}",
            ["datetime"] = null,
            ["integrity"] = new { method = "sha512", value = hash ?? Convert.ToBase64String(SHA512.HashData(data)) },
        };
        if (href is null && rel != "deletion")
        {
            properties["content"] = new { encoding = "base64", value = Convert.ToBase64String(data), size = data.Length };
        }

        var message = new Dictionary<string, object?>
        {
            ["id"] = $"00000000-0000-4000-8000-{id:000000000000}",
            ["type"] = "Feature",
            ["version"] = "v04",
            ["conformsTo"] = new[] { "http://wis.wmo.int/spec/wnm/1/conf/core" },
            ["geometry"] = null,
            ["properties"] = properties,
            ["links"] = new[] { new { rel, type, href = href ?? "https://data.example.org/x", length = data.Length } },
        };
        change?.Invoke(message);
        return JsonSerializer.SerializeToUtf8Bytes(message);
    }

    internal sealed class Listening(ListenToFeeds listener) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await listener.StopAsync(CancellationToken.None);
        }
    }
}
