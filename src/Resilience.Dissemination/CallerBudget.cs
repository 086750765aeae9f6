using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Resilience.Access;
using Resilience.Core;

namespace Resilience.Dissemination;

/// <summary>
/// What one network address may ask of the public endpoints, see <see cref="LimitOptions"/>; each kind of request has its own
/// budget. A script that subscribes 100,000 times is refused, a town behind one operator's address is not.
/// </summary>
/// <remarks>IPv6 callers are counted by /64, which is what one household gets. Counted on real time.</remarks>
public sealed class CallerBudget(IOptions<DisseminationOptions> options) : IDisposable
{
    /// <summary>A call for help is refused last: its budget is this many times the others'.</summary>
    private const int ForHelp = 10;

    private readonly PartitionedRateLimiter<(string Kind, string Household, int Times)> _limiter = PartitionedRateLimiter.Create<(string Kind, string Household, int Times), (string, string)>(key =>
        RateLimitPartition.GetTokenBucketLimiter((key.Kind, key.Household), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.Limits.AtOnce * key.Times,
            TokensPerPeriod = options.Value.Limits.PerMinute * key.Times,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>Spends one request, or refuses with <c>dissemination.too-many</c> (429).</summary>
    /// <param name="http">The request.</param>
    /// <param name="kind">What is asked, for example <c>subscribe</c>.</param>
    /// <param name="isCallForHelp">True for somebody in need.</param>
    public void Spend(HttpContext http, string kind, bool isCallForHelp = false)
    {
        using var lease = _limiter.AttemptAcquire((kind, Household.Of(http.Connection.RemoteIpAddress), isCallForHelp ? ForHelp : 1));
        if (!lease.IsAcquired)
        {
            throw new RefusalException("dissemination.too-many", "Too many requests from this address. Try again in a minute.", 429);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
