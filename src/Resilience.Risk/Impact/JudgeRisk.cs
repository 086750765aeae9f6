using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Risk.Exposing;

namespace Resilience.Risk.Impact;

/// <summary>What a hazard with people in its way amounts to.</summary>
/// <param name="Likelihood">One axis.</param>
/// <param name="Impact">The other axis.</param>
/// <param name="Severity">The cell where they meet.</param>
/// <param name="Reason">Both axes in words.</param>
public sealed record Judgement(Likelihood Likelihood, ImpactClass Impact, CapSeverity Severity, string Reason);

/// <summary>Places a hazard on the risk matrix. Pure.</summary>
/// <remarks>
/// Likelihood says how sure it is that the footprint is struck: measured there (Observed), begun upstream or still rising (High),
/// ahead of a threshold (Medium), or known only from a silent station (one step lower, but never below Medium for an outburst). A level
/// that rests on an assumed threshold is Medium at most: nobody has said that water this high does harm there. Of landslides only the rain is measured,
/// never the slope: High at most; so is rain that is estimated from above.
/// Impact says what it does: it follows from the level, one class more from moderate flooding up where 10,000 people or more live in the
/// footprint, a hospital stands in it or its people are very vulnerable, and the threshold is a published one (minor flooding stays near the river, and the circle does
/// not say who is wet); one less where nobody is known to live; an outburst is always Severe. One class for all that together: each alone is about
/// the same footprint, which nobody measured.
/// </remarks>
public static class JudgeRisk
{
    /// <summary>From so many people on the impact is one class worse.</summary>
    public const long ManyPeople = 10_000;

    /// <summary>Judges one hazard.</summary>
    public static Judgement Of(HazardAssessment hazard, ExposureCount exposed, string where)
    {
        ArgumentNullException.ThrowIfNull(hazard);
        ArgumentNullException.ThrowIfNull(exposed);
        var assumed = Evidence.FromJson(hazard.Evidence).Thresholds.Any(threshold => threshold.Level == hazard.Level && threshold.Assumed);
        var likelihood = LikelihoodOf(hazard, assumed);
        var impact = ImpactOf(hazard, exposed, assumed);
        var severity = RiskMatrix.Severity(likelihood, impact);
        var worse = hazard.Kind != HazardKind.GlacialLakeOutburst && hazard.Level >= HazardLevel.Moderate && !assumed && exposed.People < ManyPeople ? Worse(exposed) : null;
        return new Judgement(likelihood, impact, severity, Reason(hazard, exposed, where, likelihood, impact, severity, worse));
    }

    private static Likelihood LikelihoodOf(HazardAssessment hazard, bool assumed)
    {
        if (hazard.Kind == HazardKind.GlacialLakeOutburst)
        {
            return hazard.Level >= HazardLevel.Major ? Likelihood.High : Likelihood.Medium;
        }

        var likelihood = hazard.Level == HazardLevel.Action ? Likelihood.Medium : Likelihood.Observed;
        likelihood = hazard.Level == HazardLevel.Action && hazard.Trend == Trend.Rising ? Likelihood.High : likelihood;
        likelihood = (hazard.Kind == HazardKind.Landslide || (hazard.Kind == HazardKind.HeavyRain && Evidence.FromJson(hazard.Evidence).Seen is not null)) && likelihood > Likelihood.High ? Likelihood.High : likelihood;
        likelihood = hazard.Silent && likelihood > Likelihood.Medium ? likelihood - 1 : likelihood;
        return assumed && likelihood > Likelihood.Medium ? Likelihood.Medium : likelihood;
    }

    private static ImpactClass ImpactOf(HazardAssessment hazard, ExposureCount exposed, bool assumed)
    {
        if (hazard.Kind == HazardKind.GlacialLakeOutburst)
        {
            return hazard.Level >= HazardLevel.Major ? ImpactClass.Severe : ImpactClass.Significant;
        }

        var impact = hazard.Level switch
        {
            HazardLevel.Action => ImpactClass.Minimal,
            HazardLevel.Minor => ImpactClass.Minor,
            HazardLevel.Moderate => ImpactClass.Significant,
            _ => ImpactClass.Severe,
        };
        return hazard.Level >= HazardLevel.Moderate && !assumed && Worse(exposed) is not null ? Min(impact + 1)
            : exposed is { People: 0, Places.Count: 0, Sites.Count: 0 } && impact > ImpactClass.Minimal ? impact - 1
            : impact;
    }

    /// <summary>What makes the impact worse, to follow "worse for"; null when nothing does.</summary>
    private static string? Worse(ExposureCount exposed) =>
        exposed.People >= ManyPeople ? "the many people inside"
        : exposed.Sites.Any(site => site.Kind == SiteKinds.Hospital) ? "a hospital inside"
        : exposed.Vulnerability is { Index: >= Vulnerability.VeryHigh } ? "the vulnerable people inside"
        : null;

    private static ImpactClass Min(ImpactClass impact) => impact > ImpactClass.Severe ? ImpactClass.Severe : impact;

    private static string Reason(HazardAssessment hazard, ExposureCount exposed, string where, Likelihood likelihood, ImpactClass impact, CapSeverity severity, string? worse) =>
        $"{hazard.Summary} {SayExposed.Inside(exposed, where)}. Likelihood {Word(likelihood)} × impact {Word(impact)}{(worse is null ? "" : $" (one class more for {worse})")} = {severity}.";

    private static string Word(Likelihood likelihood) => likelihood switch
    {
        Likelihood.Observed => "observed",
        Likelihood.High => "high",
        Likelihood.Medium => "medium",
        _ => "low",
    };

    private static string Word(ImpactClass impact) => impact switch
    {
        ImpactClass.Minimal => "minimal",
        ImpactClass.Minor => "minor",
        ImpactClass.Significant => "significant",
        _ => "severe",
    };
}
