namespace Resilience.Hazards.Frequency;

/// <summary>The highest value of a year; a water year is named after its end.</summary>
public readonly record struct AnnualMaximum(int Year, double Value);

/// <summary>The annual maxima of a station.</summary>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Of">What they are, to follow "a": <c>flow</c>, <c>level</c>.</param>
/// <param name="Source">Whose record, and what to know of it.</param>
/// <param name="Values">One per year, rising; gaps are allowed.</param>
public sealed record AnnualMaxima(string Unit, string Of, string Source, IReadOnlyList<AnnualMaximum> Values)
{
    /// <summary>Word for discharge in <see cref="Of"/>.</summary>
    public const string Flow = "flow";

    /// <summary>Word for stage in <see cref="Of"/>.</summary>
    public const string Level = "level";
}
