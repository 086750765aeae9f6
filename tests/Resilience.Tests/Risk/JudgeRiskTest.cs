using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Risk.Exposing;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Hazards;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk;

/// <summary>What a flood with people in its way amounts to.</summary>
public sealed class JudgeRiskTest
{
    private static readonly ExposedPlace Village = new("v", "Village", 400, 90, 27);
    private static readonly ExposureCount Few = new(400, [Village], []);
    private static readonly ExposureCount WithHospital = Few with { Sites = [new("h", "Hospital", SiteKinds.Hospital, 90, 27)] };
    private static readonly ExposureCount WithSchool = Few with { Sites = [new("s", "School", SiteKinds.School, 90, 27)] };

    [Fact]
    public async Task Many_people_a_hospital_or_very_vulnerable_people_make_a_moderate_flood_one_class_worse_and_only_one()
    {
        var flood = await FloodAsync(18.3, HazardLevel.Moderate);
        Assert.Equal(ImpactClass.Significant, Impact(flood, Few));
        Assert.Equal(ImpactClass.Significant, Impact(flood, WithSchool));
        Assert.Equal(ImpactClass.Severe, Impact(flood, Few with { People = 10_000 }));
        Assert.Equal(ImpactClass.Severe, Impact(flood, WithHospital));
        Assert.Equal(ImpactClass.Severe, Impact(flood, Few with { Vulnerability = new Vulnerability(6.4, []) }));
        Assert.Equal(ImpactClass.Significant, Impact(flood, Few with { Vulnerability = new Vulnerability(6.3, []) }));

        var minor = await FloodAsync(18.3, HazardLevel.Minor);
        Assert.Equal(ImpactClass.Minor, Impact(minor, WithHospital with { People = 50_000, Vulnerability = new Vulnerability(9, []) }));
        Assert.Equal(ImpactClass.Severe, Impact(await FloodAsync(18.3, HazardLevel.Major), WithHospital with { People = 50_000 }));
        Assert.Contains("(one class more for a hospital inside)", JudgeRisk.Of(flood, WithHospital, "here").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("one class more", JudgeRisk.Of(minor, WithHospital, "here").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_of_a_grid_are_people_although_no_place_is_known_where_they_live()
    {
        var flood = await FloodAsync(18.3, HazardLevel.Moderate);
        Assert.Equal(ImpactClass.Minor, Impact(flood, new ExposureCount(0, [], [])));
        var scattered = JudgeRisk.Of(flood, new ExposureCount(35, [], []), "the circle");
        Assert.Equal(ImpactClass.Significant, scattered.Impact);
        Assert.Contains("About 35 people live inside the circle, in no known place.", scattered.Reason, StringComparison.Ordinal);
        Assert.Contains("About 12,000 people", JudgeRisk.Of(flood, Few with { People = 11_933 }, "here").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_is_that_of_a_home_where_flooding_begins_and_told_only_of_a_flood_measured_above_a_published_height()
    {
        var damage = DepthDamage.Read(new GeodataDirectory(Repository.Path("geodata")));
        var flood = await FloodAsync(19.3, HazardLevel.Minor);
        var told = damage.Of(flood, "US")!;

        // 1.3 ft above the published 18.0 ft.
        Assert.Equal(0.4, told.DepthMetres, 2);
        Assert.Equal(0.202 + ((0.443 - 0.202) * 0.35 / 0.45), told.Curves[0].Share, 2);
        Assert.Contains("0.4 m above flood stage, where flooding begins", told.Assumption, StringComparison.Ordinal);
        Assert.Null(damage.Of(flood with { Level = HazardLevel.Action }, "US"));
        Assert.Null(damage.Of(flood with { Silent = true }, "US"));
        Assert.Null(damage.Of(flood with { Kind = HazardKind.HeavyRain }, "US"));
        Assert.Null(damage.Of(flood, "AQ"));
        var evidence = Evidence.FromJson(flood.Evidence);
        Assert.Null(damage.Of(flood with { Evidence = (evidence with { Unit = "m3/s" }).ToJson() }, "US"));
        Assert.Null(damage.Of(flood with { Evidence = (evidence with { Thresholds = [.. evidence.Thresholds.Select(one => one with { Assumed = true })] }).ToJson() }, "US"));
    }

    private static ImpactClass Impact(HazardAssessment hazard, ExposureCount exposed) => JudgeRisk.Of(hazard, exposed, "here").Impact;

    /// <summary>What the rule says of the Pearl at a stage in feet, taken to be of the level.</summary>
    private static async Task<HazardAssessment> FloodAsync(double feet, HazardLevel level)
    {
        await using var test = await Gauges.CreateAsync(Engine.Sqlite);
        await Gauges.AddPearlAsync(test);
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(TestStore.Begin, 17.9, feet - 0.1, feet));
        await test.SweepAsync();
        return Assert.Single(await test.Get<HazardQueries>().ListLatestAsync([Gauges.Pearl], default)) with { Level = level };
    }
}
