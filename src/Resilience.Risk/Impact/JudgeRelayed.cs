using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Risk.Exposing;

namespace Resilience.Risk.Impact;

/// <summary>
/// A warning of another authority on our map. Pure. Its severity stays the authority's and is not put through our matrix: they know what
/// they warn of, and two verdicts about one danger would only confuse. Ours are the head-count and the sites inside its area.
/// </summary>
public static class JudgeRelayed
{
    private const int LongestTitle = 120;

    /// <summary>The zone of a relayed warning.</summary>
    public static Judgement Of(RelayedWarning warning, HazardAssessment hazard, ExposureCount exposed)
    {
        ArgumentNullException.ThrowIfNull(warning);
        ArgumentNullException.ThrowIfNull(hazard);
        ArgumentNullException.ThrowIfNull(exposed);
        var severity = warning.Severity == CapSeverity.Unknown ? CapSeverity.Minor : warning.Severity;
        return new Judgement(
            LikelihoodOf(warning.Certainty), (ImpactClass)(int)(hazard.Level - HazardLevel.Action), severity,
            $"{hazard.Summary} {SayExposed.Inside(exposed, warning.AreaWords)}. Severity {severity} as {warning.Authority} has it{(severity == warning.Severity ? "" : " (not stated)")}.");
    }

    /// <summary>The authority's word for it and whose it is.</summary>
    public static string Title(RelayedWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        var title = $"{(warning.Event.Length > 0 ? warning.Event : "Warning")} ({warning.Authority})";
        return title.Length <= LongestTitle ? title : $"{title[..(LongestTitle - 1)].TrimEnd()}…";
    }

    private static Likelihood LikelihoodOf(CapCertainty certainty) => certainty switch
    {
        CapCertainty.Observed => Likelihood.Observed,
        CapCertainty.Likely => Likelihood.High,
        CapCertainty.Unlikely => Likelihood.Low,
        _ => Likelihood.Medium,
    };
}
