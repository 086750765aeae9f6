namespace Resilience.Core.Chain;

/// <summary>
/// What a link hands over, named <c>module.what</c> (for example <c>observations.stored</c>). A link that hands over does not
/// know who takes it: <c>WarningChain.cs</c> in the server wires topics to links.
/// </summary>
public readonly record struct Topic(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
