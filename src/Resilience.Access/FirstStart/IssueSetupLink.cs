using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Access.FirstStart;

/// <summary>Makes the one-time link that the server prints while nobody has an account.</summary>
public sealed class IssueSetupLink(Store store, OperatingMode mode)
{
    /// <summary>How long a link is good for.</summary>
    /// <value>24 h: setting up may wait for tomorrow, not for whoever finds the log next month.</value>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(24);

    /// <summary>
    /// A fresh link relative to the server's root, or null when there is an account already or this is a replay. The token (256
    /// random bits) stands in the fragment, which browsers never send, so it reaches no log; only its hash is stored. Links
    /// issued before stay good until used or expired; the first one used closes all.
    /// </summary>
    public async Task<string?> IssueAsync(CancellationToken cancellationToken)
    {
        if (mode.IsReplay)
        {
            return null;
        }

        await using var step = await store.BeginAsync<AccessDb>(cancellationToken);
        if (await step.Db.People.AnyAsync(cancellationToken))
        {
            return null;
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        step.Db.SetupTokens.Add(new SetupToken { TokenHash = SetUp.HashOf(token), IssuedAt = step.Now, ExpiresAt = step.Now + ValidFor });
        await step.CommitAsync(cancellationToken);
        return $"/coordinator/#setup={token}";
    }
}
