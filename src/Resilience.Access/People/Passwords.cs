using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Resilience.Core;

namespace Resilience.Access.People;

/// <summary>Hashes and checks passwords: PBKDF2 with HMAC-SHA-512, salted, at the iteration count OWASP names for it.</summary>
internal static class Passwords
{
    /// <summary>12: long enough to resist guessing; no rules of composition, which only make passwords worse (NIST SP 800-63B).</summary>
    internal const int ShortestLength = 12;

    /// <summary>A megabyte of password is an attack on our processor, not a password.</summary>
    internal const int LongestLength = 256;

    private static readonly PasswordHasher<Person> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    // Unknown names are checked against this, so that they take as long as known ones.
    private static readonly Lazy<string> Nobody = new(() => Hasher.HashPassword(null!, "nobody has this password"));

    // Half the processors at most: guessing from a thousand addresses at once must leave the other half to warn.
    private static readonly SemaphoreSlim Turn = new(Math.Max(1, Environment.ProcessorCount / 2));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal static Task<string> HashAsync(string password, CancellationToken cancellationToken) => InTurnAsync(() => Hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>True when the password is the person's; false, after the same work, when there is no person.</summary>
    internal static async Task<bool> FitsAsync(Person? person, string password, CancellationToken cancellationToken)
    {
        var fits = password.Length <= LongestLength && await InTurnAsync(
            () => Hasher.VerifyHashedPassword(null!, person?.PasswordHash ?? Nobody.Value, password) != PasswordVerificationResult.Failed, cancellationToken);
        return fits && person is not null;
    }

    private static async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (!await Turn.WaitAsync(Patience, cancellationToken))
        {
            throw new RefusalException("access.busy", "Too many people are signing in at this moment. Try again.", 503);
        }

        try
        {
            return work();
        }
        finally
        {
            Turn.Release();
        }
    }

    internal static void RefuseUnfit(string password)
    {
        if (password.Length is < ShortestLength or > LongestLength)
        {
            throw new RefusalException("access.password-length", $"A password needs {ShortestLength} to {LongestLength} characters; a few words are fine.");
        }
    }
}
