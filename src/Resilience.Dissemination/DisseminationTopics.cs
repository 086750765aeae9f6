using Resilience.Core.Chain;

namespace Resilience.Dissemination;

/// <summary>What this link hands over.</summary>
public static class DisseminationTopics
{
    /// <summary>A citizen answered "I am safe" or "I need help". Key: the answer's id as text.</summary>
    public static readonly Topic Answered = new("dissemination.answered");
}
