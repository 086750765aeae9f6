namespace Resilience.Dissemination;

/// <summary>
/// A phone that wants to hear of alerts for one place. No account, no name: a coarse cell and a push endpoint, nothing else.
/// </summary>
public sealed class Subscription
{
    /// <summary>Follows from the endpoint: subscribing again replaces, it does not double.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the secret that the phone keeps; whoever has the secret may change or end the subscription.</summary>
    public required byte[] SecretHash { get; set; }

    /// <summary>The push service's address for this phone.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Scheme, host and port of the endpoint: what one slow push service is told apart by.</summary>
    public required string Origin { get; init; }

    /// <summary>The phone's public key, an uncompressed P-256 point (65 bytes), checked to be on the curve.</summary>
    public required byte[] P256dh { get; set; }

    /// <summary>The phone's authentication secret (16 bytes).</summary>
    public required byte[] Auth { get; set; }

    /// <summary>Centre of the <see cref="Geotargeting.Cell"/> the place lies in, degrees.</summary>
    public required double Longitude { get; set; }

    /// <summary>Centre of the <see cref="Geotargeting.Cell"/> the place lies in, degrees.</summary>
    public required double Latitude { get; set; }

    /// <summary>What the person calls the place; at most 200 characters.</summary>
    public required string PlaceName { get; set; }

    /// <summary>BCP 47 language wanted.</summary>
    public required string Language { get; set; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
