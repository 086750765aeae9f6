using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Observations.LiveMap;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Tests.Hazards;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk;

/// <summary>The map of a past moment against what the live map really showed then.</summary>
public sealed class PastMapTest
{
    private static readonly string[] Layers = [AssessRisk.Layer, AssessHazards.Layer, FeedLayers.Feeds];

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_map_of_a_past_moment_is_what_the_live_map_showed_then(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        var shown = new List<(DateTimeOffset At, Dictionary<string, List<string>> Live)> { (test.Clock.GetUtcNow(), await LiveAsync(test)) };
        test.Clock.Advance(TimeSpan.FromMinutes(10));
        await Gauges.AddPearlAsync(test);
        foreach (var (stage, state) in new (double, FeedState)[] { (14, FeedState.New), (18.2, FeedState.Ok), (20.5, FeedState.Late), (23, FeedState.Dead), (12, FeedState.Ok) })
        {
            test.Clock.Advance(TimeSpan.FromHours(4));
            await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(test.Clock.GetUtcNow(), [.. Enumerable.Repeat(stage, 12)]));
            await using (var step = await test.Store.BeginAsync<ObservationsDb>(default))
            {
                var feed = await step.Db.Feeds.SingleAsync();
                (feed.State, feed.Version) = (state, feed.Version + 1);
                await step.CommitAsync(default);
            }

            await test.SweepAsync();
            await test.Services.GetServices<IRecurringWork>().Single(work => work.Name == "observations.keep-feed-moments").RunAsync(default);
            shown.Add((test.Clock.GetUtcNow(), await LiveAsync(test)));
        }

        Assert.Equal([0, 0, 1, 1, 1, 0], shown.Select(one => one.Live[AssessRisk.Layer].Count));
        Assert.Equal(6, shown.Select(one => string.Concat(one.Live.Values.SelectMany(list => list))).Distinct().Count());
        foreach (var (at, live) in shown)
        {
            Assert.Equal(live, await PastAsync(test, at));
            Assert.Equal(live, await PastAsync(test, at.AddMinutes(9)));
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_past_gauge_shows_what_was_received_by_then_and_not_what_was_corrected_later(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(default))
        {
            (await step.Db.Stations.SingleAsync()).MainDatastreamId = Gauges.PearlStage;
            await step.CommitAsync(default);
        }

        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 14, 15));
        test.Clock.Advance(TimeSpan.FromHours(1));
        await Gauges.StoreAsync(test, Gauges.PearlStage, [(TestStore.Begin, 15.5, QualityFlags.None)], revision: 1);
        await Gauges.StoreAsync(test, Gauges.PearlStage, [(TestStore.Begin.AddMinutes(15), 16, QualityFlags.None)]);

        Assert.Null(await ValueAsync(test, TestStore.Begin.AddMinutes(-30)));
        Assert.Equal(15, await ValueAsync(test, TestStore.Begin));
        Assert.Equal(15, await ValueAsync(test, TestStore.Begin.AddMinutes(30)));
        Assert.Equal(16, await ValueAsync(test, TestStore.Begin.AddHours(1)));
        Assert.Null(await ValueAsync(test, TestStore.Begin.AddDays(3)));
    }

    private static async Task<double?> ValueAsync(TestStore test, DateTimeOffset at)
    {
        using var json = JsonDocument.Parse(Assert.Single(await new StationHistory(test.Store).ListAtAsync(at, test.Clock.GetUtcNow(), default)).Json);
        var value = json.RootElement.GetProperty("properties").GetProperty("value");
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
    }

    private static async Task<Dictionary<string, List<string>>> LiveAsync(TestStore test)
    {
        var live = new Dictionary<string, List<string>>();
        foreach (var layer in test.Services.GetServices<IMapLayer>().Where(layer => Layers.Contains(layer.Name)))
        {
            live[layer.Name] = Texts(await layer.ListChangedSinceAsync(0, default));
        }

        return live;
    }

    private static async Task<Dictionary<string, List<string>>> PastAsync(TestStore test, DateTimeOffset at)
    {
        var past = new Dictionary<string, List<string>>();
        foreach (var layer in test.Services.GetServices<IMapHistory>().Where(layer => Layers.Contains(layer.Name)))
        {
            past[layer.Name] = Texts(await layer.ListAtAsync(at, test.Clock.GetUtcNow(), default));
        }

        return past;
    }

    private static List<string> Texts(IReadOnlyList<MapFeature> features) => [.. features.OrderBy(feature => feature.Id, StringComparer.Ordinal).Select(feature => Encoding.UTF8.GetString(feature.Json.Span))];
}
