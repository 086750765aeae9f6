using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Verifying;

/// <summary>
/// Which rules can be verified, and what gauges that were replayed give together. Pure.
/// </summary>
public static class VerifyRules
{
    /// <summary>The rules that can be verified.</summary>
    public static IReadOnlyList<string> Names { get; } = [StageRule.Name, LakeRule.Name, RainRule.Name, SlopeRule.Name, FeltRule.Name, UpstreamRise.RuleName];

    private const string OwnThresholds = "The stations' own thresholds; where none is published, what stands in for them.";

    /// <summary>All gauges together.</summary>
    internal static Verification Total(string rule, IReadOnlyList<JudgedGauge> gauges, string data)
    {
        Check(rule);
        var scored = rule is StageRule.Name or UpstreamRise.RuleName;
        gauges = [.. gauges.Where(one => scored ? one.Matches is not null : one.Counted is not null)];
        if (gauges.Count == 0)
        {
            throw new RefusalException(
                "hazards.nothing-to-verify",
                rule == StageRule.Name ? "No station has stored readings and a threshold above Action." : rule == UpstreamRise.RuleName ? "No gauge with another above it has stored readings." : "No stored readings are judged by this rule.", 409);
        }

        var version = VersionOf(rule);
        if (!scored)
        {
            return CountLevels.Sum(rule, version, data, OwnThresholds, [.. gauges.Select(one => one.Counted!)]);
        }

        var silence = rule == UpstreamRise.RuleName ? CountLevels.Sum(rule, version, data, OwnThresholds, [.. gauges.Select(one => one.Counted!)]) : null;
        return new Verification(
            rule, version, data, gauges.Min(one => one.From), gauges.Max(one => one.To), OwnThresholds, silence is null ? ReplayRule.Window : SilenceReplay.Window,
            Scores.Of([.. gauges.Select(one => one.Matches!)]), [.. gauges.Select(one => one.Station!)])
        {
            Raised = silence?.Raised,
            GaugeYears = silence?.GaugeYears,
        };
    }

    /// <summary>The rule's version that runs here.</summary>
    internal static string VersionOf(string rule) => rule == UpstreamRise.RuleName ? UpstreamRise.RuleVersion : Setting.RuleOf(ConcernOf(rule)).Version;

    /// <summary>What a datastream must be judged for, for the rule to look at it.</summary>
    internal static HazardKind ConcernOf(string rule) => rule switch
    {
        RainRule.Name => HazardKind.HeavyRain,
        SlopeRule.Name => HazardKind.Landslide,
        FeltRule.Name => HazardKind.ExtremeHeat,
        LakeRule.Name => HazardKind.GlacialLakeOutburst,
        _ => HazardKind.RiverFlood,
    };

    internal static StageThreshold? EventThreshold(Setting setting) => setting.Thresholds.Where(threshold => threshold.Level > HazardLevel.Action).MinBy(threshold => threshold.Level);

    internal static void Check(string rule)
    {
        if (!Names.Contains(rule))
        {
            throw new RefusalException("hazards.no-such-rule", $"There is no verification for the rule '{rule}'; known: {string.Join(", ", Names)}.", 404);
        }
    }
}
