using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Resilience.Core;

namespace Resilience.Dissemination;

/// <summary>
/// What one network address may ask of the public endpoints: 30 at once, then one every two minutes, for each kind of request.
/// A family behind one address never notices; a script that subscribes 100,000 times does.
/// </summary>
/// <remarks>IPv6 callers are counted by /64, which is what one household gets.</remarks>
public sealed class CallerBudget : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = 30,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(2),
        QueueLimit = 0,
    }));

    /// <summary>Spends one request, or refuses with <c>dissemination.too-many</c> (429).</summary>
    public void Spend(HttpContext http, string kind)
    {
        using var lease = _limiter.AttemptAcquire($"{kind} {Household(http.Connection.RemoteIpAddress)}");
        if (!lease.IsAcquired)
        {
            throw new RefusalException("dissemination.too-many", "Too many requests from this address. Try again in a few minutes.", 429);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private static string Household(IPAddress? address)
    {
        if (address is null or { AddressFamily: AddressFamily.InterNetwork } or { IsIPv4MappedToIPv6: true })
        {
            return address?.MapToIPv4().ToString() ?? "unknown";
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
