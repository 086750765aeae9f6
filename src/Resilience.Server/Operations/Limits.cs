using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Resilience.Access;

namespace Resilience.Server.Operations;

/// <summary>
/// One token bucket per caller (an IPv4 address or an IPv6 /64), so that one script cannot take the server from a village.
/// Alerts are exempt: who asks for a warning in force is never told to wait.
/// </summary>
internal static class Limits
{
    /// <summary>Policy of what takes the database long: of each caller one at a time, and a few wait their turn. A slider drawn to and fro asks for many moments.</summary>
    internal const string OneAtATime = "one-at-a-time";

    private const int MostWaiting = 8;

    private static readonly string[] Exempt = ["/warnings/feed", "/warnings/alerts", "/alerts/", "/dissemination/now", "/health"];

    internal static void AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var perSecond = configuration.GetValue("Limits:RequestsPerSecond", 50);
        var burst = configuration.GetValue("Limits:Burst", 400);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                IsExempt(context.Request)
                    ? RateLimitPartition.GetNoLimiter("exempt")
                    : RateLimitPartition.GetTokenBucketLimiter(Household.Of(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = burst,
                        TokensPerPeriod = perSecond,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        QueueLimit = 0,
                    }));
            limiter.AddPolicy(OneAtATime, context => RateLimitPartition.GetConcurrencyLimiter(Household.Of(context.Connection.RemoteIpAddress), _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = 1,
                QueueLimit = MostWaiting,
                QueueProcessingOrder = QueueProcessingOrder.NewestFirst,
            }));
            limiter.OnRejected = async (rejected, _) =>
            {
                if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
                {
                    rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                }

                await rejected.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>()
                    .TryWriteAsync(new ProblemDetailsContext { HttpContext = rejected.HttpContext, ProblemDetails = new ProblemDetails { Status = 429 } });
            };
        });
    }

    internal static void UseLimits(this WebApplication app) => app.UseRateLimiter();

    private static bool IsExempt(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && Array.Exists(Exempt, prefix => request.Path.Value!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
