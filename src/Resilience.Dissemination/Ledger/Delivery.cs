namespace Resilience.Dissemination.Ledger;

/// <summary>How far one alert has got on its way to one subscriber.</summary>
public enum DeliveryState
{
    /// <summary>Waiting to be sent, first or again.</summary>
    Queued,

    /// <summary>The push service took it.</summary>
    Sent,

    /// <summary>The push service refused it for good.</summary>
    Failed,

    /// <summary>It may or may not have arrived (the connection broke after sending) and its time ran out. Never counted as sent.</summary>
    Unknown,

    /// <summary>Its time ran out before the push service took it.</summary>
    Undelivered,

    /// <summary>Not sent on purpose: the alert was cancelled, replaced or over before its turn came.</summary>
    Dropped,
}

/// <summary>One line of the ledger: one alert, one subscriber.</summary>
public sealed class Delivery
{
    /// <summary>Follows from alert and subscription, so that targeting twice writes one line.</summary>
    public required Guid Id { get; init; }

    /// <summary>The alert.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>The alert's thread.</summary>
    public required Guid ThreadId { get; init; }

    /// <summary>The subscription; it may be gone by now.</summary>
    public required Guid SubscriptionId { get; init; }

    /// <summary>The push service, as in <see cref="Subscription.Origin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryState State { get; set; }

    /// <summary>Smaller goes first: Extreme 0 … Unknown 4.</summary>
    public required int Priority { get; init; }

    /// <summary>When it was queued, on the chain's clock.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When the alert stops counting, on the chain's clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Times it was handed to the push service.</summary>
    public int Attempts { get; set; }

    /// <summary>Not (again) before this moment of real time.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>A sender holds it until this moment of real time, whole seconds; null when nobody does.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>True once an attempt ended without an answer, or the sender died over it: it may have arrived.</summary>
    public bool Doubtful { get; set; }

    /// <summary>When the push service took it, real time.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>What the push service last said, or null.</summary>
    public string? LastAnswer { get; set; }
}
