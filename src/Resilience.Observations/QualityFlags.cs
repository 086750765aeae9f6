namespace Resilience.Observations;

/// <summary>
/// What quality control noticed about a value. The value itself is never altered. Only <see cref="Suspect"/> casts doubt; the
/// others say what was seen, because a true flood wave is steep, follows a gap and sits at the edge of the range.
/// </summary>
[Flags]
public enum QualityFlags
{
    /// <summary>Nothing noticed.</summary>
    None = 0,

    /// <summary>Outside what the property can physically be. Always <see cref="Suspect"/> too.</summary>
    OutOfRange = 1,

    /// <summary>Changed faster than the property's limit since the value before. Steep, which is not the same as wrong.</summary>
    RateOfChange = 2,

    /// <summary>Has not moved at all for longer than the property's limit. Always <see cref="Suspect"/> too.</summary>
    Stuck = 4,

    /// <summary>The first value after a silence of several expected intervals.</summary>
    Gap = 8,

    /// <summary>Ahead of the chain's clock when received, by no more than the tolerance.</summary>
    Future = 16,

    /// <summary>There is a reason to doubt it: it must not raise a warning alone, nor clear one.</summary>
    Suspect = 32,

    /// <summary>The source itself marked it (ice, equipment, estimated…). Always <see cref="Suspect"/> too.</summary>
    Qualifier = 64,

    /// <summary>Left and came back within one or two values. Always <see cref="Suspect"/> too.</summary>
    Spike = 128,

    /// <summary>Jumped by a telling size (another unit, another zero, another sign) and stayed. <see cref="Suspect"/> too, unless it is a new zero higher up: a gate may have been opened.</summary>
    Step = 256,

    /// <summary>Beyond what this place has ever had, at all or in this month. No doubt: that is what a disaster is.</summary>
    Climatology = 512,
}
