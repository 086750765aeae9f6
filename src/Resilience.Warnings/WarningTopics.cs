using Resilience.Core.Chain;

namespace Resilience.Warnings;

/// <summary>What this link hands over.</summary>
public static class WarningTopics
{
    /// <summary>An alert was issued, be it Alert, Update or Cancel (switch on <see cref="Alert.MsgType"/> first). Key: the alert's id as text.</summary>
    public static readonly Topic Issued = new("warnings.issued");
}
