using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Cascading;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Cascading;

/// <summary>The valley below Thorthormi Tsho, from stored observations, on both engines. All readings are synthetic but those of 20 June 2019 named in the recording.</summary>
public sealed class CascadeTest
{
    private const string Lake = "drill:thorthormi-lake";
    private const string Thanza = "drill:thanza";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_outburst_says_when_it_reaches_whom_and_the_first_gauge_narrows_the_rest(Engine engine)
    {
        await using var test = await ValleyAsync(engine, withRisk: true);
        var begin = TestStore.Begin.AddMinutes(5);
        await StoreAsync(test, Lake, begin, 5, [.. Enumerable.Range(0, 16).Select(i => 6.55 + (1.49 * i / 15)), 6.95, 6.9]);
        test.Clock.Advance(TimeSpan.FromMinutes(95));
        await test.SweepAsync();

        var before = await test.Get<ListArrivals>().OfAsync(Lake, default);
        Assert.Equal(["Thanza", "Lhedi", "Samdingkha", "Punakha"], before.Places.Select(place => place.Place));
        Assert.Equal((begin.AddMinutes(75), begin.AddMinutes(80)), (before.Began, before.BeganLatest));
        Assert.True(before.Synthetic && before.Method.Contains("Lemthang", StringComparison.Ordinal));
        var zone = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.Contains($"First water expected: Thanza {before.Places[0].Earliest.UtcDateTime:HH:mm} UTC to {before.Places[0].Latest.UtcDateTime:HH:mm} UTC; Lhedi", zone.Reason, StringComparison.Ordinal);

        await StoreAsync(test, Thanza, begin.AddMinutes(80), 5, [1.20, 1.20, 1.20, 1.20, 1.21, 1.36, 1.51, 1.66]);
        test.Clock.Advance(TimeSpan.FromMinutes(30));
        await test.SweepAsync();
        var after = await test.Get<ListArrivals>().OfAsync(Lake, default);
        Assert.True(after.Places[0] is { Seen: true, Place: "Thanza" });
        Assert.Equal((begin.AddMinutes(95), begin.AddMinutes(105)), (after.Places[0].Earliest, after.Places[0].Latest));
        foreach (var (old, now) in before.Places.Zip(after.Places).Skip(1))
        {
            Assert.True(now.From == "Thanza" && now.Latest - now.Earliest < old.Latest - old.Earliest, $"{old} then {now}");
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Where_nothing_is_on_its_way_that_is_said(Engine engine)
    {
        await using var test = await ValleyAsync(engine);
        await StoreAsync(test, Thanza, TestStore.Begin.AddHours(-1), 15, [1.2, 1.2, 1.21, 1.2]);
        await test.SweepAsync();
        var none = await test.Get<ListArrivals>().OfAsync(Thanza, default);
        Assert.Empty(none.Places);
        Assert.StartsWith("Nothing is on its way from Thanza", none.Why, StringComparison.Ordinal);
        Assert.Equal(404, (await Assert.ThrowsAsync<RefusalException>(() => test.Get<ListArrivals>().OfAsync("drill:nowhere", default))).Status);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_that_goes_quiet_below_rising_water_is_raised_and_returns_when_it_speaks(Engine engine)
    {
        await using var test = await ValleyAsync(engine);
        await StoreAsync(test, "drill:lhedi", TestStore.Begin.AddMinutes(-60), 15, [1.6, 1.6, 1.6, 1.6, 1.6]);
        await StoreAsync(test, Thanza, TestStore.Begin.AddMinutes(-60), 15, [1.2, 1.2, 1.3, 1.4, 1.5]);
        await test.SweepAsync();
        var heard = await test.Get<HazardQueries>().FindCurrentAsync("drill:lhedi", default);
        Assert.Equal((HazardLevel.None, false), (heard!.Level, heard.Silent));

        await PassAsync(test, 50);
        var silent = await test.Get<HazardQueries>().FindCurrentAsync("drill:lhedi", default);
        Assert.Equal((HazardLevel.Action, true, UpstreamRise.RuleName), (silent!.Level, silent.Silent, silent.RuleName));
        Assert.Contains("Upstream at Pho Chhu at Thanza the water has risen 0.20 m", silent.Summary, StringComparison.Ordinal);
        Assert.Contains("silence is not an all-clear", silent.Summary, StringComparison.Ordinal);

        await StoreAsync(test, "drill:lhedi", test.Clock.GetUtcNow(), 15, [1.62]);
        await test.SweepAsync();
        var back = await test.Get<HazardQueries>().FindCurrentAsync("drill:lhedi", default);
        Assert.Equal((HazardLevel.None, false), (back!.Level, back.Silent));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_rise_that_comes_after_the_silence_raises_it_too_and_calm_water_upstream_does_not(Engine engine)
    {
        await using var test = await ValleyAsync(engine);
        await StoreAsync(test, "drill:lhedi", TestStore.Begin.AddMinutes(-60), 15, [1.6, 1.6, 1.6, 1.6, 1.6]);
        await StoreAsync(test, Thanza, TestStore.Begin.AddMinutes(-60), 15, [1.2, 1.2, 1.21, 1.2, 1.2]);
        await test.SweepAsync();
        await PassAsync(test, 50);
        var calm = await test.Get<HazardQueries>().FindCurrentAsync("drill:lhedi", default);
        Assert.Equal((HazardLevel.None, true), (calm!.Level, calm.Silent));

        await StoreAsync(test, Thanza, TestStore.Begin.AddMinutes(15), 15, [1.3, 1.45, 1.6]);
        await test.SweepAsync();
        var raised = await test.Get<HazardQueries>().FindCurrentAsync("drill:lhedi", default);
        Assert.Equal((HazardLevel.Action, true), (raised!.Level, raised.Silent));
    }

    /// <summary>Stations of the drill; gauges have a level (2.6 m) so that they are assessed.</summary>
    private static async Task<TestStore> ValleyAsync(Engine engine, bool withRisk = false)
    {
        var test = await Gauges.CreateAsync(engine, withRisk);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, Lake, "Thorthormi Tsho", 90.263, 28.106, "level", ObservedProperty.LakeLevel, "m", everyMinutes: 5, exercise: true);
        await Gauges.AddAsync(test, Thanza, "Pho Chhu at Thanza", 90.206, 28.085, "level", ObservedProperty.Stage, "m", exercise: true, high: 2.6);
        await Gauges.AddAsync(test, "drill:lhedi", "Pho Chhu at Lhedi", 90.065, 28.03, "level", ObservedProperty.Stage, "m", exercise: true, high: 2.6);
        return test;
    }

    private static Task StoreAsync(TestStore test, string station, DateTimeOffset begin, int everyMinutes, IReadOnlyList<double> values) =>
        Gauges.StoreAsync(test, $"{station}:level", values.Select((value, i) => (begin.AddMinutes(everyMinutes * i), value, QualityFlags.None)));

    private static async Task PassAsync(TestStore test, int minutes)
    {
        test.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await test.Get<ListenForSilence>().RunAsync(default);
        await test.SweepAsync();
    }
}
