using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Dissemination.Geotargeting;
using Resilience.Storage;

namespace Resilience.Dissemination.Subscribing;

/// <summary>A phone asks to be told of alerts for a place.</summary>
/// <param name="Lon">Degrees; the server keeps the cell only.</param>
/// <param name="Lat">Degrees; the server keeps the cell only.</param>
/// <param name="PlaceName">What the person calls it, at most 200 characters.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Endpoint">The push service's address.</param>
/// <param name="P256dh">The phone's public key, base64url.</param>
/// <param name="Auth">The phone's authentication secret, base64url.</param>
public sealed record SubscriptionRequest(double Lon, double Lat, string PlaceName, string Language, string Endpoint, string P256dh, string Auth);

/// <summary>The answer: keep the secret, it is shown once.</summary>
public sealed record SubscriptionReceipt(Guid Id, string Secret);

/// <summary>POST /dissemination/subscriptions. Subscribing again from the same phone moves the subscription to the new place.</summary>
internal sealed class Subscribe(Store store, EndpointPolicy policy, CallerBudget budget)
{
    internal async Task<SubscriptionReceipt> HandleAsync(SubscriptionRequest request, HttpContext http, CancellationToken cancellationToken)
    {
        budget.Spend(http, "subscribe");
        var wanted = Decide(request, policy);
        try
        {
            return await StoreAsync(request, wanted, cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // The same phone subscribed twice at once; the second time it is there and is moved.
            return await StoreAsync(request, wanted, cancellationToken);
        }
    }

    private async Task<SubscriptionReceipt> StoreAsync(SubscriptionRequest request, (Uri Endpoint, byte[] P256dh, byte[] Auth, Cell Cell) wanted, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        var id = StableId.From("dissemination.subscription", wanted.Endpoint.ToString());
        var (longitude, latitude) = wanted.Cell.Centre;
        var row = await step.Db.Subscriptions.FindAsync([id], cancellationToken);
        if (row is null)
        {
            step.Db.Subscriptions.Add(new Subscription
            {
                Id = id,
                SecretHash = SHA256.HashData(secret),
                Endpoint = wanted.Endpoint.ToString(),
                Origin = EndpointPolicy.Origin(wanted.Endpoint),
                P256dh = wanted.P256dh,
                Auth = wanted.Auth,
                Longitude = longitude,
                Latitude = latitude,
                PlaceName = request.PlaceName.Trim(),
                Language = request.Language,
                CreatedAt = step.Now,
            });
        }
        else
        {
            (row.SecretHash, row.P256dh, row.Auth) = (SHA256.HashData(secret), wanted.P256dh, wanted.Auth);
            (row.Longitude, row.Latitude, row.PlaceName, row.Language) = (longitude, latitude, request.PlaceName.Trim(), request.Language);
        }

        await step.CommitAsync(cancellationToken);
        return new SubscriptionReceipt(id, Base64Url.EncodeToString(secret));
    }

    /// <summary>Checks everything a stranger sent. Pure but for the policy's configuration.</summary>
    internal static (Uri Endpoint, byte[] P256dh, byte[] Auth, Cell Cell) Decide(SubscriptionRequest request, EndpointPolicy policy)
    {
        if (!Wgs84.IsPosition(request.Lon, request.Lat))
        {
            throw new RefusalException("dissemination.no-position", "lon and lat must be degrees within ±180 and ±90.");
        }

        if (request.PlaceName is not { Length: <= 200 } || request.PlaceName.Trim().Length == 0 || request.PlaceName.Any(char.IsControl)
            || request.Language is not { Length: > 1 and <= 35 } || !request.Language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw new RefusalException("dissemination.bad-words", "placeName must have 1 to 200 characters, language 2 to 35 letters, digits and hyphens.");
        }

        var point = Decode(request.P256dh, 65);
        if (!PushMessage.IsPointOnCurve(point))
        {
            throw new RefusalException("dissemination.bad-key", "p256dh is not a point on P-256.");
        }

        return (policy.Check(request.Endpoint ?? ""), point, Decode(request.Auth, 16), Cell.Of(request.Lon, request.Lat));
    }

    private static byte[] Decode(string? text, int length)
    {
        if (text is { Length: <= 200 })
        {
            try
            {
                var bytes = Base64Url.DecodeFromChars(text);
                if (bytes.Length == length)
                {
                    return bytes;
                }
            }
            catch (FormatException)
            {
                // Refused below.
            }
        }

        throw new RefusalException("dissemination.bad-key", $"p256dh and auth must be base64url of 65 and 16 bytes; {length} were expected.");
    }
}
