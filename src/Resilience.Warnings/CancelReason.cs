namespace Resilience.Warnings;

/// <summary>Why a person ends an alert before its time.</summary>
public enum CancelReason
{
    /// <summary>It should never have gone out.</summary>
    SentInError,

    /// <summary>The danger is over.</summary>
    DangerOver,

    /// <summary>Another alert says it better.</summary>
    Replaced,
}
