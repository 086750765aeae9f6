using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Resilience.Core.Network;

namespace Resilience.Observations.Feeds;

/// <summary>The HttpClient of the feeds: polite, patient with brief trouble, never longer than the fetch's own deadline.</summary>
internal static class FeedClient
{
    /// <summary>A longer Retry-After is honoured by the feed's next due time instead of by waiting inside the fetch.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    internal static IServiceCollection AddFeedClient(this IServiceCollection services)
    {
        services.AddHttpClient(PollFeeds.HttpClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // FetchPayload sets one deadline over everything.
                client.DefaultRequestHeaders.UserAgent.ParseAdd("Resilience/0.1 (disaster early warning; conditional requests)");
            })
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                MaxAutomaticRedirections = 5,
                MaxConnectionsPerServer = 4,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a DNS change is noticed
                UseCookies = false,
                ConnectCallback = (context, cancellationToken) => ConnectPolicy.ConnectAsync(context.DnsEndPoint, provider.GetRequiredService<AllowedHosts>().Contains(context.DnsEndPoint.Host), cancellationToken),
            })
            .AddResilienceHandler(PollFeeds.HttpClientName, (pipeline, context) =>
            {
                var options = context.ServiceProvider.GetRequiredService<IOptions<ObservationsOptions>>().Value;
                pipeline.TimeProvider = TimeProvider.System; // pauses between attempts are real, however fast the chain's clock runs
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = options.RetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldRetryAfterHeader = true,
                    ShouldHandle = arguments => ValueTask.FromResult(
                        HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                        && !(FetchPayload.RetryAfter(arguments.Outcome.Result?.Headers.RetryAfter) > LongestWait)),
                });
            });
        return services;
    }
}
