namespace Resilience.Core;

/// <summary>What kind of process threatens. The names are the OASIS CAP event terms' concepts, not codes.</summary>
public enum HazardKind
{
    /// <summary>A river above its bank or flood stage.</summary>
    RiverFlood,

    /// <summary>A glacial lake emptying suddenly.</summary>
    GlacialLakeOutburst,

    /// <summary>Rain beyond what the ground and drains carry.</summary>
    HeavyRain,

    /// <summary>A slope failing.</summary>
    Landslide,

    /// <summary>Ground shaking.</summary>
    Earthquake,

    /// <summary>Wildfire.</summary>
    Wildfire,

    /// <summary>Wind and surge of a tropical or winter storm.</summary>
    Storm,

    /// <summary>None of the above; the text says what.</summary>
    Other,

    /// <summary>Heat that harms people.</summary>
    ExtremeHeat,

    /// <summary>Cold that harms people.</summary>
    ExtremeCold,
}

/// <summary>
/// The station's flood stages in rising order (NWS terms). <see cref="None"/> means below the action stage, not "unknown":
/// a silent gauge keeps its last level and says that it is silent.
/// </summary>
public enum HazardLevel
{
    /// <summary>Below the action stage.</summary>
    None = 0,

    /// <summary>At or above the action stage: get ready.</summary>
    Action = 1,

    /// <summary>Minor flooding.</summary>
    Minor = 2,

    /// <summary>Moderate flooding.</summary>
    Moderate = 3,

    /// <summary>Major flooding.</summary>
    Major = 4,
}

/// <summary>
/// CAP 1.2 severity, worst last. It is the one colour ramp of all faces: alerts, gauges, zones, incidents and tasks.
/// "Severity" in this code means nothing else.
/// </summary>
public enum CapSeverity
{
    /// <summary>Severity unknown.</summary>
    Unknown = 0,

    /// <summary>Minimal to no known threat.</summary>
    Minor = 1,

    /// <summary>Possible threat to life or property.</summary>
    Moderate = 2,

    /// <summary>Significant threat to life or property.</summary>
    Severe = 3,

    /// <summary>Extraordinary threat to life or property.</summary>
    Extreme = 4,
}
