using Resilience.Dissemination.Channels.WebPush;

namespace Resilience.Dissemination.Ledger;

/// <summary>What a ledger line becomes after an attempt. Pure.</summary>
internal static class SettleDelivery
{
    /// <summary>Longest pause of our own between two attempts; a push service may ask for longer.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Settles.</summary>
    /// <param name="line">The line, changed in place; its lease ends.</param>
    /// <param name="outcome">What the push service said; null when the alert stopped counting before the POST.</param>
    /// <param name="chainNow">Now, as the alert's expiry counts it.</param>
    /// <param name="realNow">Now, as pauses count it.</param>
    internal static void Settle(Delivery line, PushOutcome? outcome, DateTimeOffset chainNow, DateTimeOffset realNow)
    {
        line.LeasedUntil = null;
        line.LastAnswer = outcome?.Answer ?? line.LastAnswer ?? "over before it was sent";
        line.Doubtful |= outcome?.Verdict == PushVerdict.Doubtful;
        switch (outcome?.Verdict)
        {
            case PushVerdict.Accepted:
                (line.State, line.AcceptedAt) = (DeliveryState.Sent, realNow);
                break;
            case PushVerdict.Gone or PushVerdict.Refused or PushVerdict.TooLarge:
                line.State = DeliveryState.Failed;
                break;
            case PushVerdict.Later or PushVerdict.Doubtful when line.ExpiresAt > chainNow:
                var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(line.Attempts, 16))));
                line.NotBefore = realNow + (outcome.RetryAfter is { } asked && asked > pause ? asked : pause);
                break;
            case PushVerdict.NotTried:
                line.NotBefore = realNow;
                break;
            default:
                line.State = line.Doubtful ? DeliveryState.Unknown : line.ExpiresAt <= chainNow ? DeliveryState.Undelivered : DeliveryState.Dropped;
                break;
        }
    }
}
