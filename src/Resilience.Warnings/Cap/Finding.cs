namespace Resilience.Warnings.Cap;

/// <summary>How much a finding weighs.</summary>
internal enum FindingWeight
{
    /// <summary>It cannot be sent like this.</summary>
    Stop,

    /// <summary>It may be right; a person has to look.</summary>
    Ask,
}

/// <summary>Something a check found, tied to the field it is about.</summary>
/// <param name="Field">camelCase field name of the draft, so that a face can take the writer there.</param>
/// <param name="Weight">Stop or ask.</param>
/// <param name="Code">Stable, <c>warnings.reason</c>.</param>
/// <param name="Message">One plain sentence: what is wrong and what to do.</param>
internal sealed record Finding(string Field, FindingWeight Weight, string Code, string Message)
{
    internal static Finding Stop(string field, string code, string message) => new(field, FindingWeight.Stop, $"warnings.{code}", message);

    internal static Finding Ask(string field, string code, string message) => new(field, FindingWeight.Ask, $"warnings.{code}", message);
}
