namespace Resilience.Observations.Feeds;

/// <summary>An answer, or the lack of one, that cannot be used. The reason is stable, the message is for people.</summary>
/// <param name="reason">Kebab-case code, for example <c>truncated</c>.</param>
/// <param name="message">One plain sentence.</param>
internal sealed class FeedTrouble(string reason, string message) : Exception(message)
{
    /// <summary>Kebab-case code.</summary>
    internal string Reason { get; } = reason;

    /// <summary>What had been received, to be kept as evidence; null when nothing came.</summary>
    internal ReceivedPayload? Payload { get; init; }

    /// <summary>The source asks not to be called before this long.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
