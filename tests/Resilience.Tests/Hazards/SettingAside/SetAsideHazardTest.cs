using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Queries;
using Resilience.Hazards.SettingAside;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.SettingAside;

/// <summary>A gauge that died high does not stay red for ever: a person sets it aside, and its next readings count again.</summary>
public sealed class SetAsideHazardTest
{
    private static readonly Caller Karma = new(StableId.From("test.person", "karma"), "Karma");

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_a_dead_gauge_raised_is_set_aside_and_raised_again_when_it_speaks(Engine engine)
    {
        await using var test = await FloodThenSilenceAsync(engine);
        var standing = (await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))!;
        Assert.Equal((HazardLevel.Minor, true), (standing.Level, standing.Silent));
        var zone = AssessRisk.ZoneId(Gauges.Pearl, HazardKind.RiverFlood);
        Assert.False((await test.Get<RiskQueries>().GetAsync(zone, default)).Removed);

        var aside = await test.Get<SetAsideHazard>().SetAsync(Gauges.Pearl, new SetAsideRequest(standing.Id, "Washed away; a ranger looked."), Karma, default);
        await test.SweepAsync();
        Assert.Equal((HazardLevel.None, "set-aside"), (aside.Level, aside.RuleName));
        Assert.Contains("Karma", aside.Summary, StringComparison.Ordinal);
        Assert.True((await test.Get<RiskQueries>().GetAsync(zone, default)).Removed);
        await using (var db = test.Store.Read<HazardsDb>())
        {
            Assert.Equal(["hazards.set-aside"], await db.Database.SqlQuery<string>($"SELECT action AS \"Value\" FROM access_audit").ToListAsync());
        }

        test.Clock.Advance(TimeSpan.FromHours(2));
        await test.Get<ListenForSilence>().RunAsync(default);
        await test.SweepAsync();
        Assert.Equal(HazardLevel.None, (await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))!.Level);

        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(test.Clock.GetUtcNow(), 18.6, 18.7, 18.7));
        await test.SweepAsync();
        Assert.Equal(HazardLevel.Minor, (await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))!.Level);
        Assert.False((await test.Get<RiskQueries>().GetAsync(zone, default)).Removed);
    }

    [Fact]
    public async Task It_is_refused_without_a_reason_without_a_hazard_and_for_another_assessment_than_was_seen()
    {
        await using var test = await FloodThenSilenceAsync(Engine.Sqlite);
        var standing = (await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))!;
        Assert.Equal("hazards.set-aside-reason", await RefusedAsync(test, Gauges.Pearl, standing.Id, " "));
        Assert.Equal("hazards.changed", await RefusedAsync(test, Gauges.Pearl, StableId.From("test", "other"), "Broken."));
        Assert.Equal("hazards.nothing-to-set-aside", await RefusedAsync(test, "usgs:nowhere", standing.Id, "Broken."));
        await test.Get<SetAsideHazard>().SetAsync(Gauges.Pearl, new SetAsideRequest(standing.Id, "Broken."), Karma, default);
        Assert.Equal("hazards.nothing-to-set-aside", await RefusedAsync(test, Gauges.Pearl, standing.Id, "Broken."));
    }

    private static async Task<string> RefusedAsync(TestStore test, string station, Guid assessment, string reason) =>
        (await Assert.ThrowsAsync<RefusalException>(() => test.Get<SetAsideHazard>().SetAsync(station, new SetAsideRequest(assessment, reason), Karma, default))).Code;

    private static async Task<TestStore> FloodThenSilenceAsync(Engine engine)
    {
        var test = await Gauges.CreateAsync(engine, withRisk: true);
        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 18.5, 18.5, 18.5));
        await test.SweepAsync();
        test.Clock.Advance(TimeSpan.FromHours(1));
        await test.Get<ListenForSilence>().RunAsync(default);
        await test.SweepAsync();
        return test;
    }
}
