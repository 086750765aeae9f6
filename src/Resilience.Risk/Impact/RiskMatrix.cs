using Resilience.Core;

namespace Resilience.Risk.Impact;

/// <summary>How sure it is that a footprint is struck; rows of the matrix of WMO-No. 1150.</summary>
public enum Likelihood
{
    /// <summary>It may happen, but more likely not.</summary>
    Low,

    /// <summary>About as likely as not.</summary>
    Medium,

    /// <summary>More likely than not, or it has begun upstream.</summary>
    High,

    /// <summary>Measured there.</summary>
    Observed,
}

/// <summary>What a hazard does to people and what they live from, if it strikes; columns of the matrix.</summary>
public enum ImpactClass
{
    /// <summary>Little disturbance.</summary>
    Minimal,

    /// <summary>Short disturbance; few hurt.</summary>
    Minor,

    /// <summary>Homes damaged, some people hurt or cut off.</summary>
    Significant,

    /// <summary>Danger to life, wide damage.</summary>
    Severe,
}

/// <summary>
/// Likelihood × impact, green to red, after the risk matrix of WMO-No. 1150 (Guidelines on Multi-hazard Impact-based Forecast and
/// Warning Services). Both axes are always shown with the result.
/// </summary>
/// <remarks>
/// The cells are a decision of this house: an unlikely severe impact is worth as much as a certain minor one, and only
/// a severe impact that is observed or more likely than not is Extreme. CAP has one step more than the four colours of the guideline; green is CAP Minor
/// (Unknown is never produced).
/// </remarks>
public static class RiskMatrix
{
    /// <summary>The whole matrix: a row for each likelihood from low to observed, a cell for each impact from minimal to severe.</summary>
    public static IReadOnlyList<IReadOnlyList<CapSeverity>> Cells { get; } =
        [.. Enum.GetValues<Likelihood>().Select(likelihood => (IReadOnlyList<CapSeverity>)[.. Enum.GetValues<ImpactClass>().Select(impact => Severity(likelihood, impact))])];

    /// <summary>The severity of a cell.</summary>
    public static CapSeverity Severity(Likelihood likelihood, ImpactClass impact) => (impact, likelihood) switch
    {
        (ImpactClass.Minimal, _) => CapSeverity.Minor,
        (ImpactClass.Minor, Likelihood.Low or Likelihood.Medium) => CapSeverity.Minor,
        (ImpactClass.Minor, _) => CapSeverity.Moderate,
        (ImpactClass.Significant, Likelihood.Low) => CapSeverity.Minor,
        (ImpactClass.Significant, Likelihood.Medium) => CapSeverity.Moderate,
        (ImpactClass.Significant, _) => CapSeverity.Severe,
        (_, Likelihood.Low) => CapSeverity.Moderate,
        (_, Likelihood.Medium) => CapSeverity.Severe,
        (_, _) => CapSeverity.Extreme,
    };
}
