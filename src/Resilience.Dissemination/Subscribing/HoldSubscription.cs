using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Storage;

namespace Resilience.Dissemination.Subscribing;

/// <summary>Proof of holding a subscription.</summary>
/// <param name="Secret">The secret given when it began.</param>
public sealed record HolderRequest(string Secret);

/// <summary>What became of a test notice.</summary>
/// <param name="Accepted">The push service took it.</param>
/// <param name="Answer">What the push service said.</param>
public sealed record TestReceipt(bool Accepted, string Answer);

/// <summary>What the holder of a subscription may do: try it, and end it.</summary>
internal sealed class HoldSubscription(Store store, PostPush push, CallerBudget budget, IOptions<DisseminationOptions> options)
{
    /// <summary>DELETE /dissemination/subscriptions/{id}. Ending one that has ended already is no error.</summary>
    internal async Task EndAsync(Guid id, HolderRequest request, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        if (await step.Db.Subscriptions.FindAsync([id], cancellationToken) is { } row)
        {
            Check(row, request);
            step.Db.Remove(row);
            await step.CommitAsync(cancellationToken);
        }
    }

    /// <summary>POST /dissemination/subscriptions/{id}/test: a person should have seen one notice arrive before they rely on it.</summary>
    internal async Task<TestReceipt> TestAsync(Guid id, HolderRequest request, HttpContext http, CancellationToken cancellationToken)
    {
        budget.Spend(http, "test");
        await using var db = store.Read<DisseminationDb>();
        var row = await db.Subscriptions.SingleOrDefaultAsync(phone => phone.Id == id, cancellationToken)
            ?? throw new RefusalException("dissemination.no-such-subscription", "This subscription has ended; subscribe again.", 404);
        Check(row, request);
        var payload = PushPayload.ForTest(row.PlaceName, options.Value.PublicUrl);
        var outcome = await push.SendAsync(row, new PushNotice(payload, "test", Urgent: true, TimeSpan.FromMinutes(5)), cancellationToken);
        return new TestReceipt(outcome.Verdict == PushVerdict.Accepted, outcome.Answer);
    }

    private static void Check(Subscription row, HolderRequest request)
    {
        Span<byte> secret = stackalloc byte[64];
        if (request.Secret is not { Length: > 0 and <= 80 } || !Base64Url.IsValid(request.Secret) || !Base64Url.TryDecodeFromChars(request.Secret, secret, out var length)
            || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(secret[..length]), row.SecretHash))
        {
            throw new RefusalException("dissemination.not-yours", "The secret does not belong to this subscription.", 403);
        }
    }
}
