namespace Resilience.Relief;

/// <summary>Configuration section <c>Relief</c>.</summary>
public sealed class ReliefOptions
{
    /// <summary>
    /// Groups that may help, by the code they give their members: whoever joins types the code where the group is asked for.
    /// A volunteer sees where help is needed and, with a claim, whose door it is.
    /// </summary>
    /// <value>Empty: anybody may join under any group's name. Right for a demo; before going live, give each group a code.</value>
    public Dictionary<string, string> GroupCodes { get; } = [];
}
