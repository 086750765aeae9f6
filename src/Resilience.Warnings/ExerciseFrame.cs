namespace Resilience.Warnings;

/// <summary>The word EXERCISE, first and last in every text that leaves in a drill, so that no excerpt reads as real.</summary>
internal static class ExerciseFrame
{
    private const string First = "EXERCISE – ";
    private const string Last = " – EXERCISE";

    internal static AlertText Add(AlertText text) => text.IsMissing ? text : Remove(text) with
    {
        Headline = First + Bare(text.Headline) + Last,
        Description = First + Bare(text.Description) + Last,
        Instruction = First + Bare(text.Instruction) + Last,
    };

    internal static AlertText Remove(AlertText text) => text with { Headline = Bare(text.Headline), Description = Bare(text.Description), Instruction = Bare(text.Instruction) };

    private static string Bare(string text)
    {
        text = text.StartsWith(First, StringComparison.Ordinal) ? text[First.Length..] : text;
        return text.EndsWith(Last, StringComparison.Ordinal) ? text[..^Last.Length] : text;
    }
}
