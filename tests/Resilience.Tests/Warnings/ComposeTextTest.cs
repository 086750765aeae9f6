using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Tests.Kit;
using Resilience.Warnings;
using Resilience.Warnings.Drafting;

namespace Resilience.Tests.Warnings;

/// <summary>What people are told to do fits what threatens them.</summary>
public sealed class ComposeTextTest
{
    [Theory]
    [InlineData(HazardKind.HeavyRain, "away from streams", "river")]
    [InlineData(HazardKind.Landslide, "LEAVE slopes, gullies", "water")]
    [InlineData(HazardKind.ExtremeHeat, "DRINK water", "MOVE")]
    [InlineData(HazardKind.ExtremeCold, "where it is warm", "MOVE")]
    [InlineData(HazardKind.RiverFlood, "higher ground", "slope")]
    [InlineData(HazardKind.GlacialLakeOutburst, "uphill", "cellars")]
    public void Each_danger_has_its_own_advice(HazardKind kind, string said, string never)
    {
        var text = Alarm(kind, CapSeverity.Severe);
        Assert.Contains(said, text.Instruction, StringComparison.Ordinal);
        Assert.DoesNotContain(never, $"{text.Description} {text.Instruction}", StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_told_to_leave_home_for_heat_cold_or_rain()
    {
        foreach (var kind in new[] { HazardKind.ExtremeHeat, HazardKind.ExtremeCold, HazardKind.HeavyRain })
        {
            var rating = WarningPolicy.Rate(Desk.Zone(CapSeverity.Extreme) with { Kind = kind });
            Assert.NotEqual(CapResponseType.Evacuate, rating.ResponseType);
        }

        Assert.Equal(CapResponseType.Evacuate, WarningPolicy.Rate(Desk.Zone(CapSeverity.Extreme)).ResponseType);
    }

    [Fact]
    public void Every_kind_says_something_of_its_own_but_the_nameless_one()
    {
        var kinds = Enum.GetValues<HazardKind>().Where(kind => kind != HazardKind.Other).ToList();
        Assert.Equal(kinds.Count + 1, kinds.Append(HazardKind.Other).Select(kind => Alarm(kind, CapSeverity.Severe).Instruction).Distinct().Count());
    }

    [Fact]
    public void After_heat_nobody_is_sent_to_look_at_bridges() =>
        Assert.DoesNotContain("bridges", ComposeText.AllClear(Slots(HazardKind.ExtremeHeat, CapSeverity.Minor)).Instruction, StringComparison.Ordinal);

    private static AlertText Alarm(HazardKind kind, CapSeverity severity) => ComposeText.Alarm(Slots(kind, severity));

    private static TextSlots Slots(HazardKind kind, CapSeverity severity) => new("Office", kind, severity, true, null, TestStore.Begin.AddHours(6), "Punakha", TimeZoneInfo.Utc);
}
