namespace Resilience.Hazards.Assessing;

/// <summary>How far a rule may lean on a reading.</summary>
public enum Trust
{
    /// <summary>No doubt was raised.</summary>
    Trusted,

    /// <summary>
    /// Doubted only because it changed fast. A spike comes back within one or two steps, a wave does not: such readings count
    /// once they persist.
    /// </summary>
    Sudden,

    /// <summary>Doubted for another reason. It may not clear a warning and may not raise one alone.</summary>
    Doubtful,
}

/// <summary>One observation as the rules see it.</summary>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Revision">The source's correction number; the highest of a time counts.</param>
/// <param name="Value">In the datastream's own unit.</param>
/// <param name="Trust">How far it may be leaned on.</param>
/// <param name="Quality">The flags behind <paramref name="Trust"/>, separated by commas; empty when there are none.</param>
public readonly record struct Reading(DateTimeOffset Time, int Revision, double Value, Trust Trust, string Quality);

/// <summary>A value at a time, kept for slopes.</summary>
public readonly record struct Sample(DateTimeOffset Time, double Value);
