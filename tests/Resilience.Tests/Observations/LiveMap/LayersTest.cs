using System.Text.Json;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.LiveMap;

/// <summary>The map hears of every station and feed that changed, and of no other.</summary>
public sealed class LayersTest
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_stations_feature_is_what_the_faces_read(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await test.StoreAsync(await test.RegisterAsync(Definition() with { TimeShift = TimeSpan.FromMinutes(5), Exercise = true }), Stages((-65, 1), (-35, 1.1), (-5, 1.2)));

        var feature = Assert.Single(await Layer(test, "observations.stations").ListChangedSinceAsync(0, default));
        Golden.Matches("station.json", Text(feature));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_delta_holds_only_the_stations_that_changed(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        await test.StoreAsync(feed, Payload(new("t:1:stage", TestStore.Begin, 1), new("t:2:stage", TestStore.Begin, 2)));
        var layer = Layer(test, "observations.stations");
        var snapshot = await layer.ListChangedSinceAsync(0, default);
        var version = snapshot.Max(feature => feature.Version);
        await test.StoreAsync(feed, Payload(new("t:1:stage", TestStore.Begin, 1), new("t:2:stage", TestStore.Begin, 2)));
        Assert.Empty(await layer.ListChangedSinceAsync(version, default));

        await test.StoreAsync(feed, Payload(new("t:1:stage", TestStore.Begin, 1), new("t:2:stage", TestStore.Begin.AddMinutes(5), 3)));
        Assert.Equal(2, snapshot.Count);
        Assert.Equal(["t:2"], (await layer.ListChangedSinceAsync(version, default)).Select(feature => feature.Id));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_feed_is_on_the_map_before_it_was_ever_asked(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync();

        var feature = Assert.Single(await Layer(test, "observations.feeds").ListChangedSinceAsync(0, default));
        Golden.Matches("feed.json", Text(feature));
    }

    private static string Text(MapFeature feature)
    {
        using var json = JsonDocument.Parse(feature.Json);
        return JsonSerializer.Serialize(json, Indented) + "\n";
    }

    private static IMapLayer Layer(TestStore test, string name) => ((IEnumerable<IMapLayer>)test.Services.GetService(typeof(IEnumerable<IMapLayer>))!).Single(layer => layer.Name == name);
}
