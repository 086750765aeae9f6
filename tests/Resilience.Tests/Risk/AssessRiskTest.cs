using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Risk.Footprints;
using Resilience.Risk.Impact;
using Resilience.Risk.Serving.Zones;
using Resilience.Storage;
using Resilience.Tests.Hazards;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk;

/// <summary>From assessments to zones, on both engines.</summary>
public sealed class AssessRiskTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_flood_makes_a_zone_that_rises_in_version_and_goes_when_the_water_does(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 14, 18.2, 18.3));
        await test.SweepAsync();

        var zone = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.Equal(AssessRisk.ZoneId(Gauges.Pearl, HazardKind.RiverFlood), zone.Id);
        Assert.Equal(CapSeverity.Moderate, zone.Severity);
        Assert.Equal((Likelihood.Observed, ImpactClass.Minor), (zone.Likelihood, zone.Impact));
        Assert.True(zone.People > 10, zone.Reason);
        Assert.Contains("Likelihood observed × impact minor = Moderate", zone.Reason, StringComparison.Ordinal);
        Assert.Contains("No inundation model", zone.Assumptions, StringComparison.Ordinal);

        var layer = new ZoneLayer(test.Store);
        var before = Assert.Single(await layer.ListChangedSinceAsync(0, default)).Version;
        test.Clock.Advance(TimeSpan.FromHours(6));
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(test.Clock.GetUtcNow(), [.. Enumerable.Repeat(12.0, 16)]));
        await test.SweepAsync();
        Assert.Empty(await test.Get<RiskQueries>().ListAsync(default));
        var gone = await test.Get<RiskQueries>().GetAsync(zone.Id, default);
        Assert.True(gone.Removed && gone.Version > zone.Version);
        Assert.Empty(await layer.ListChangedSinceAsync(0, default));
        Assert.True(Assert.Single(await layer.ListChangedSinceAsync(before, default)).Removed);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_Thorthormi_outburst_warns_the_valley_down_to_Punakha(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "drill:thorthormi", "Thorthormi Tsho", 90.2630, 28.1060, "level", ObservedProperty.LakeLevel, "m", everyMinutes: 5, exercise: true);
        var begin = TestStore.Begin.AddMinutes(5);
        var rise = Enumerable.Range(0, 16).Select(i => (begin.AddMinutes(5 * i), 6.55 + (1.49 * i / 15), QualityFlags.None));
        await Gauges.StoreAsync(test, "drill:thorthormi:level", rise);
        test.Clock.Advance(TimeSpan.FromMinutes(81));
        await test.SweepAsync();
        var ready = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.Equal(CapSeverity.Moderate, ready.Severity);

        // The sensor dies: nothing more comes.
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await test.Get<ListenForSilence>().RunAsync(default);
        await test.SweepAsync();
        var burst = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.Equal((CapSeverity.Extreme, HazardKind.GlacialLakeOutburst, true), (burst.Severity, burst.Kind, burst.Exercise));
        Assert.True(burst.Version > ready.Version);
        Assert.Contains("Punākha", burst.Exposed.Replace("\\u0101", "ā", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(burst.People >= 21_500, $"{burst.People} people");
        Assert.Contains("drawn by hand for a drill", burst.Assumptions, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_assumed_threshold_never_makes_more_than_a_moderate_zone(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "ea:1", "West Marsh Washlands", -0.1, 53.56, "level", ObservedProperty.Stage, "mASD", high: 1.5, record: 2.4);
        await Gauges.StoreAsync(test, "ea:1:level", Gauges.Quarters(TestStore.Begin, 3.32, 3.32));
        await test.SweepAsync();
        var zone = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.True(zone.People >= JudgeRisk.ManyPeople, zone.Reason);
        Assert.Equal((Likelihood.Medium, ImpactClass.Significant, CapSeverity.Moderate), (zone.Likelihood, zone.Impact, zone.Severity));
    }

    [Fact]
    public void A_worse_likelihood_or_impact_is_never_a_milder_severity()
    {
        foreach (var impact in Enum.GetValues<ImpactClass>())
        {
            foreach (var likelihood in Enum.GetValues<Likelihood>())
            {
                var severity = RiskMatrix.Severity(likelihood, impact);
                Assert.True(likelihood == Likelihood.Low || severity >= RiskMatrix.Severity(likelihood - 1, impact));
                Assert.True(impact == ImpactClass.Minimal || severity >= RiskMatrix.Severity(likelihood, impact - 1));
            }
        }

        Assert.Equal(CapSeverity.Extreme, RiskMatrix.Severity(Likelihood.Observed, ImpactClass.Severe));
        Assert.Equal(CapSeverity.Minor, RiskMatrix.Severity(Likelihood.Low, ImpactClass.Minimal));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(28)]
    [InlineData(62)]
    public void A_corridor_is_as_wide_in_metres_as_it_says_at_any_latitude(double latitude)
    {
        Coordinate[] line = [new(89.5, latitude), new(89.9, latitude + 0.2), new(90.1, latitude - 0.1)];
        var area = Corridor.Around(line, 1000);
        Assert.True(Orientation.IsCCW(((Polygon)area).Shell.Coordinates));
        foreach (var (from, to) in line.Zip(line.Skip(1)))
        {
            var middle = new Coordinate((from.X + to.X) / 2, (from.Y + to.Y) / 2);
            var across = Math.Atan2((to.X - from.X) * Math.Cos(middle.Y * Math.PI / 180), to.Y - from.Y) * 180 / Math.PI;
            foreach (var side in new[] { 90, -90 })
            {
                Assert.True(area.Covers(Wgs84.Factory.CreatePoint(Wgs84.Destination(middle, across + side, 970))));
                Assert.False(area.Covers(Wgs84.Factory.CreatePoint(Wgs84.Destination(middle, across + side, 1030))));
            }
        }
    }
}
