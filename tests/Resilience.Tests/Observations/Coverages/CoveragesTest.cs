using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Observations;
using Resilience.Observations.Coverages;
using Resilience.Observations.Feeds;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Observations.Feeds;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Coverages;

/// <summary>Rasters arrive, stand on the map until a newer one comes, and never turn the map back or read as dry land when they fail. All values are made up.</summary>
public sealed class CoveragesTest : IDisposable
{
    private static readonly CoverageMapping Flood = new() { Classes = [new() { Name = "Water", Values = [1] }] };

    private readonly string _folder = Directory.CreateTempSubdirectory("resilience-coverage").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_newest_raster_stands_on_the_map_and_a_late_one_does_not_turn_it_back(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(Raster(source));
        await PollAsync(test, source, Tiff(-30, water: 2));
        var first = await LayerAsync(test);
        Assert.Equal(["t:0", "t:frame"], first.Keys.Order());
        Assert.Equal("2", Extent(first)[.."2".Length]);

        await PollAsync(test, source, Tiff(-60, water: 4));
        Assert.Equal(Extent(first), Extent(await LayerAsync(test)));

        await PollAsync(test, source, Tiff(-10, water: 0));
        var (none, frame) = ((await LayerAsync(test))["t:0"], (await LayerAsync(test))["t:frame"]);
        Assert.Equal((JsonValueKind.Null, 0.0), (none.GetProperty("geometry").ValueKind, none.GetProperty("properties").GetProperty("squareKilometres").GetDouble()));
        Assert.Equal("Polygon", frame.GetProperty("geometry").GetProperty("type").GetString());

        await PollAsync(test, source, Tiff(-10, water: 0));
        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Equal([-60, -30, -10], (await db.Coverages.OrderBy(row => row.PhenomenonTime).ToListAsync()).Select(row => (row.PhenomenonTime - TestStore.Begin).TotalMinutes));
        Assert.Equal((FeedState.Ok, null), ((await test.FeedAsync()).State, (await test.FeedAsync()).LastError));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_broken_raster_is_quarantined_with_its_reason_and_leaves_the_last_good_one_standing(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(Raster(source));
        await PollAsync(test, source, Tiff(-30, water: 2));
        var before = Extent(await LayerAsync(test));
        var whole = Tiff(-10, water: 0);
        await PollAsync(test, source, whole[..(whole.Length / 2)]);
        Assert.Equal(before, Extent(await LayerAsync(test)));
        Assert.Equal("truncated", Assert.Single(await test.QuarantineAsync()).Reason);
        Assert.Equal(1, (await test.FeedAsync()).ConsecutiveFailures);

        await PollAsync(test, source, Tiff(+90, water: 0));
        Assert.Equal(before, Extent(await LayerAsync(test)));
        Assert.Contains(await test.QuarantineAsync(), row => row.Reason == "nothing-usable" && row.Detail.Contains("future", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_raster_named_by_its_time_is_new_even_when_it_shows_the_same(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(Raster(source, "/rain_{yyyyMMddHH}.tif") with { Coverage = Flood with { Step = TimeSpan.FromHours(1), Latency = TimeSpan.FromMinutes(10) } });
        var same = Tiff(-500, water: 3);
        await PollAsync(test, source, same);
        test.Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync(test, source, same);
        await using var db = test.Store.Read<ObservationsDb>();
        var times = (await db.Coverages.OrderBy(row => row.PhenomenonTime).ToListAsync()).ConvertAll(row => row.PhenomenonTime);
        Assert.Equal(2, times.Count);
        Assert.Equal(TimeSpan.FromHours(1), times[1] - times[0]);
        Assert.Equal(times.ConvertAll(time => $"/rain_{time:yyyyMMddHH}.tif"), source.Requests.Distinct());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Fewer_classes_take_the_old_ones_off_the_map_and_a_removed_feed_all(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        var two = new CoverageMapping { Unit = "mm", Classes = [new() { Name = "1 and more", AtLeast = 1 }, new() { Name = "2 and more", AtLeast = 2 }] };
        await test.RegisterAsync(Raster(source) with { Coverage = two });
        await PollAsync(test, source, Tiff(-30, water: 2));
        var shown = await LayerAsync(test);
        Assert.Equal(["t:0", "t:1", "t:frame"], shown.Keys.Order());

        await test.RegisterAsync(Raster(source) with { Coverage = Flood });
        await PollAsync(test, source, Tiff(-30, water: 2));
        Assert.Equal(["t:0", "t:frame"], (await ApplyAsync(test, shown)).Keys.Order());

        await using (var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None))
        {
            var feed = await step.Db.Feeds.AsTracking().SingleAsync();
            feed.RemovedAt = step.Now;
            await step.Db.SaveChangesAsync();
            await RegisterFeed.TouchMapAsync(step, "t", CancellationToken.None);
            await step.CommitAsync(CancellationToken.None);
        }

        Assert.Empty(await ApplyAsync(test, shown));
        Assert.Empty(await LayerAsync(test));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_past_moment_shows_what_had_been_received_by_then(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(Raster(source));
        await PollAsync(test, source, Tiff(-30, water: 2));
        var first = await LayerAsync(test);
        var moment = test.Store.Clock.GetUtcNow();
        test.Clock.Advance(TimeSpan.FromMinutes(30));
        await PollAsync(test, source, Tiff(-5, water: 5));
        var history = ((IEnumerable<IMapHistory>)test.Services.GetService(typeof(IEnumerable<IMapHistory>))!).Single(one => one.Name == "observations.extents");
        async Task<string> AtAsync(DateTimeOffset at) => Extent((await history.ListAtAsync(at, test.Store.Clock.GetUtcNow(), default)).ToDictionary(feature => feature.Id, feature => JsonElement.Parse(feature.Json.Span)));
        Assert.Equal(Extent(first), await AtAsync(moment));
        Assert.Equal(Extent(await LayerAsync(test)), await AtAsync(test.Store.Clock.GetUtcNow()));
        Assert.Empty(await history.ListAtAsync(moment.AddDays(-1), moment, default));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Old_areas_are_forgotten_but_never_the_one_on_the_map(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(Raster(source));
        await PollAsync(test, source, Tiff(-30, water: 2));
        await PollAsync(test, source, Tiff(-10, water: 1));
        test.Clock.Advance(TimeSpan.FromDays(400));
        await ((IEnumerable<IRecurringWork>)test.Services.GetService(typeof(IEnumerable<IRecurringWork>))!).OfType<PruneRawPayloads>().Single().RunAsync(default);
        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Equal(-10, (Assert.Single(await db.Coverages.ToListAsync()).PhenomenonTime - TestStore.Begin).TotalMinutes);
        Assert.Single(await db.Extents.ToListAsync());
    }

    private static FeedDefinition Raster(FeedSource source, string path = "/flood.tif") => Definition(format: "geotiff", readings: source.Address + path) with { Coverage = Flood, Zone = "UTC" };

    internal static async Task PollAsync(TestStore test, FeedSource source, byte[] tiff)
    {
        source.Answer = context => context.Response.Body.WriteAsync(tiff).AsTask();
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None))
        {
            await step.Db.Feeds.ExecuteUpdateAsync(set => set.SetProperty(feed => feed.NextDue, step.Now));
            await step.CommitAsync(CancellationToken.None);
        }

        await test.Get<PollFeeds>().RunAsync(CancellationToken.None);
        await test.Get<PollFeeds>().WhenIdleAsync();
    }

    // So many pixels of a kilometre at the left of the upper row are water.
    private byte[] Tiff(int minutes, int water)
    {
        var values = new double[4, 6];
        for (var column = 0; column < water; column++)
        {
            values[0, column] = 1;
        }

        return Gdal.WriteTiff(
            _folder, values, "-ot", "Byte", "-a_srs", "EPSG:32645", "-a_ullr", "480000", "3054000", "486000", "3050000", "-mo", FormattableString.Invariant($"TIFFTAG_DATETIME={TestStore.Begin.AddMinutes(minutes):yyyy:MM:dd HH:mm:ss}"));
    }

    private static string Extent(Dictionary<string, JsonElement> layer) =>
        FormattableString.Invariant($"{layer["t:0"].GetProperty("properties").GetProperty("squareKilometres").GetDouble()} {layer["t:0"].GetProperty("geometry")}");

    private static async Task<Dictionary<string, JsonElement>> LayerAsync(TestStore test) =>
        (await Layer(test).ListChangedSinceAsync(0, default)).ToDictionary(feature => feature.Id, feature => JsonElement.Parse(feature.Json.Span));

    // What a client that has the features shown makes of all that changed since.
    private static async Task<Dictionary<string, JsonElement>> ApplyAsync(TestStore test, Dictionary<string, JsonElement> shown)
    {
        foreach (var feature in await Layer(test).ListChangedSinceAsync(1, default))
        {
            shown.Remove(feature.Id);
            if (!feature.Json.IsEmpty)
            {
                shown[feature.Id] = JsonElement.Parse(feature.Json.Span);
            }
        }

        return shown;
    }

    private static IMapLayer Layer(TestStore test) => ((IEnumerable<IMapLayer>)test.Services.GetService(typeof(IEnumerable<IMapLayer>))!).Single(layer => layer.Name == "observations.extents");
}
