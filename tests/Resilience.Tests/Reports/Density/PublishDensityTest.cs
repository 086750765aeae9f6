using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Reports;
using Resilience.Reports.Density;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Reports.Density.DensityKit;

namespace Resilience.Tests.Reports.Density;

/// <summary>The layer reports.density on both engines: what it shows, when, and what it showed.</summary>
public sealed class PublishDensityTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Four_are_nobody_and_the_fifth_is_told_of_at_the_next_full_hour(Engine engine)
    {
        await using var test = await ReportsKit.CreateAsync(engine);
        await WriteAsync(test, "a", "b", "c", "d");
        Assert.Empty(await HourAsync(test));
        await WriteAsync(test, "e");
        await test.Get<PublishDensity>().RunAsync(default);
        Assert.Empty(await LayerAsync(test));

        var cell = Assert.Single(await HourAsync(test)).Value;
        Assert.Equal((5, 9, 6), (cell.GetProperty("atLeast").GetInt32(), cell.GetProperty("atMost").GetInt32(), cell.GetProperty("windowHours").GetInt32()));
        Assert.Equal("""[{"category":"requests_or_urgent_needs","atLeast":5,"atMost":9}]""", cell.GetProperty("parts").GetRawText());
        Assert.Equal(TestStore.Begin.AddHours(2), cell.GetProperty("since").GetDateTimeOffset());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Ten_thousand_posts_of_one_origin_count_one(Engine engine)
    {
        await using var test = await ReportsKit.CreateAsync(engine);
        await ReportAsync(test.Store, test.Clock.GetUtcNow().AddMinutes(1), Enumerable.Repeat("bot", 10_000));
        await WriteAsync(test, "a", "b", "c");
        Assert.Empty(await HourAsync(test));
        await WriteAsync(test, "d");
        Assert.Equal(9, Assert.Single(await HourAsync(test)).Value.GetProperty("atMost").GetInt32());
        // It goes on writing; who is counted is not counted again while the crowd stands.
        await ReportAsync(test.Store, test.Clock.GetUtcNow().AddMinutes(1), Enumerable.Repeat("bot", 1000));
        await WriteAsync(test, "f", "g", "h", "i");
        Assert.Equal(9, Assert.Single(await HourAsync(test)).Value.GetProperty("atMost").GetInt32());
        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal(5, (await db.Crowds.SingleAsync()).Origins);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_tells_nothing_of_a_place_or_of_its_author_counts_nothing(Engine engine)
    {
        await using var test = await ReportsKit.CreateAsync(engine);
        var at = test.Clock.GetUtcNow().AddMinutes(1);
        await ReportAsync(test.Store, at, ["a", "b", "c", "d"]);
        await ReportAsync(test.Store, at, ["chatter"], but: report => report.Informative = false);
        await ReportAsync(test.Store, at, ["nowhere"], but: report => report.Location = null);
        await ReportAsync(test.Store, at, ["deleted"], but: report => report.Text = "");
        await ReportAsync(test.Store, at, [""]);
        await ReportAsync(test.Store, at, ["far north"], where: (20, 75, 150));
        Assert.Empty(await HourAsync(test));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_crowd_leaves_after_six_hours_and_deltas_say_what_a_snapshot_says(Engine engine)
    {
        await using var test = await ReportsKit.CreateAsync(engine);
        var shown = new Dictionary<string, string>();
        var seen = 0L;
        var moments = new List<(DateTimeOffset At, string Layer)>();
        var random = new Random(7);
        for (var hour = 0; hour < 22; hour++)
        {
            if (hour < 8)
            {
                var town = random.Next(3);
                await ReportAsync(test.Store, test.Clock.GetUtcNow().AddMinutes(1), Enumerable.Range(0, random.Next(3, 12)).Select(_ => FormattableString.Invariant($"o{random.Next(60)}")), where: (85.32 + town, 27.71, 5));
            }

            await HourAsync(test);
            foreach (var feature in await Layer(test).ListChangedSinceAsync(seen, default))
            {
                seen = Math.Max(seen, feature.Version);
                shown.Remove(feature.Id);
                if (!feature.Removed)
                {
                    shown[feature.Id] = Encoding.UTF8.GetString(feature.Json.Span);
                }
            }

            var snapshot = Text(await Layer(test).ListChangedSinceAsync(0, default));
            Assert.Equal(snapshot, string.Join('\n', shown.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)));
            moments.Add((test.Clock.GetUtcNow(), snapshot));
        }

        Assert.Contains(moments, moment => moment.Layer.Length > 0);
        Assert.Equal("", moments[^1].Layer);
        // Every moment is told later as it was told then.
        var history = ((IEnumerable<IMapHistory>)test.Services.GetService(typeof(IEnumerable<IMapHistory>))!).Single(one => one.Name == ReportLayers.Density);
        foreach (var (at, layer) in moments)
        {
            Assert.Equal(layer, Text(await history.ListAtAsync(at, test.Clock.GetUtcNow(), default)));
        }

        await using var db = test.Store.Read<ReportsDb>();
        Assert.Empty(await db.CountedOrigins.ToListAsync());
        Assert.Single(await db.DensitySteps.ToListAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_author_who_deletes_after_the_hour_is_not_taken_out_of_the_crowd(Engine engine)
    {
        await using var test = await ReportsKit.CreateAsync(engine);
        await WriteAsync(test, "a", "b", "c", "d", "e");
        var before = await HourAsync(test);
        await using (var step = await test.Store.BeginAsync<ReportsDb>(default))
        {
            await step.Db.Reports.Where(report => report.OriginId == "a").ExecuteUpdateAsync(set => set.SetProperty(report => report.Text, ""));
            await step.CommitAsync(default);
        }

        Assert.Equal(before.Select(cell => cell.Value.GetRawText()), (await HourAsync(test)).Select(cell => cell.Value.GetRawText()));
    }

    private static Task WriteAsync(TestStore test, params string[] origins) => ReportAsync(test.Store, test.Clock.GetUtcNow().AddMinutes(1), origins);

    private static async Task<Dictionary<string, JsonElement>> HourAsync(TestStore test)
    {
        test.Clock.Advance(TimeSpan.FromHours(1));
        await test.Get<PublishDensity>().RunAsync(default);
        return await LayerAsync(test);
    }

    private static async Task<Dictionary<string, JsonElement>> LayerAsync(TestStore test) =>
        (await Layer(test).ListChangedSinceAsync(0, default)).ToDictionary(feature => feature.Id, feature => JsonElement.Parse(feature.Json.Span).GetProperty("properties"));

    private static string Text(IReadOnlyList<MapFeature> features) => string.Join('\n', features.OrderBy(feature => feature.Id, StringComparer.Ordinal).Select(feature => Encoding.UTF8.GetString(feature.Json.Span)));

    private static IMapLayer Layer(TestStore test) => ((IEnumerable<IMapLayer>)test.Services.GetService(typeof(IEnumerable<IMapLayer>))!).Single(layer => layer.Name == ReportLayers.Density);
}
