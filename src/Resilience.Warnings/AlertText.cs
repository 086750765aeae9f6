namespace Resilience.Warnings;

/// <summary>An alert's words in one language. Empty strings mean that nobody has written them yet; no machine fills them in.</summary>
/// <param name="Language">BCP 47, for example <c>en</c> or <c>dz</c>.</param>
/// <param name="Headline">One line; what, where, how bad.</param>
/// <param name="Description">What is happening and what it will do.</param>
/// <param name="Instruction">What to do, verbs first.</param>
public sealed record AlertText(string Language, string Headline, string Description, string Instruction)
{
    /// <summary>True when nobody has written anything in this language.</summary>
    public bool IsMissing => Headline.Length == 0 && Description.Length == 0 && Instruction.Length == 0;
}
