using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access;
using Resilience.Dissemination.Answering;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Dissemination.Geotargeting;
using Resilience.Dissemination.Ledger;
using Resilience.Dissemination.Rendering;
using Resilience.Dissemination.Subscribing;
using Resilience.Storage;

namespace Resilience.Dissemination;

/// <summary>What the host needs of this module: its services and its routes under <c>/dissemination</c> and <c>/alerts</c>.</summary>
public static class DisseminationModule
{
    /// <summary>Registers the module; options come from section <c>Dissemination</c>.</summary>
    public static IServiceCollection AddDissemination(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DisseminationOptions>().Bind(configuration.GetSection("Dissemination")).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(PostPush.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(10),
                MaxResponseHeadersLength = 16,
                ConnectCallback = provider.GetRequiredService<EndpointPolicy>().ConnectAsync,
            });
        return services.AddModuleDb<DisseminationDb>()
            .AddSingleton<AnswerQueries>().AddSingleton<CallerBudget>().AddSingleton<ReceiveAnswer>().AddRecurringWork<ForgetAnswers>()
            .AddSingleton<VapidKeys>().AddSingleton<EndpointPolicy>().AddSingleton<PostPush>()
            .AddSingleton<Subscribe>().AddSingleton<HoldSubscription>()
            .AddSingleton<ShowNow>().AddSingleton<PlaceTime>().AddSingleton<ShowAlertPage>().AddSingleton<ShowLedger>()
            .AddLink<TargetAlert>()
            .AddRecurringWork<SendDeliveries>();
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapDissemination(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dissemination").WithTags("Dissemination");
        group.MapGet("/key", (VapidKeys keys) => new VapidKeyAnswer(keys.PublicKey)).WithSummary("The server's push key, for pushManager.subscribe.");
        group.MapPost("/subscriptions", (SubscriptionRequest request, Subscribe subscribe, HttpContext http, CancellationToken cancellationToken) =>
            subscribe.HandleAsync(request, http, cancellationToken)).WithSummary("Be told of alerts for a place.");
        group.MapDelete("/subscriptions/{id:guid}", async (Guid id, [Microsoft.AspNetCore.Mvc.FromBody] HolderRequest request, HoldSubscription hold, CancellationToken cancellationToken) =>
        {
            await hold.EndAsync(id, request, cancellationToken);
            return Results.NoContent();
        }).WithSummary("End a subscription.");
        group.MapPost("/subscriptions/{id:guid}/test", (Guid id, HolderRequest request, HoldSubscription hold, HttpContext http, CancellationToken cancellationToken) =>
            hold.TestAsync(id, request, http, cancellationToken)).WithSummary("Send a test notice.");
        group.MapGet("/now", (double lon, double lat, string? lang, ShowNow show, CancellationToken cancellationToken) =>
            show.HandleAsync(lon, lat, lang, cancellationToken)).WithSummary("Alerts in force near a place.");
        group.MapPost("/answers", (AnswerRequest request, ReceiveAnswer receive, HttpContext http, CancellationToken cancellationToken) =>
            receive.HandleAsync(request, http, cancellationToken)).WithSummary("I am safe, or I need help.");
        group.MapGet("/alerts/{id:guid}/ledger", (Guid id, ShowLedger show, CancellationToken cancellationToken) =>
            show.HandleAsync(id, cancellationToken)).RequireAuthorization(Roles.Coordinator).WithSummary("How an alert has got on, channel by channel.");
        routes.MapGet("/alerts/{id:guid}", (Guid id, string? lang, ShowAlertPage show, HttpContext http, CancellationToken cancellationToken) =>
            show.HandleAsync(id, lang, http, cancellationToken)).WithTags("Dissemination").WithSummary("The alert as a page that reads without scripts.");
        routes.MapGet(AlertPage.StyleSheet, ShowAlertPage.Style).ExcludeFromDescription();
        return routes;
    }
}

/// <summary>The server's push key.</summary>
/// <param name="PublicKey">An uncompressed P-256 point in base64url.</param>
public sealed record VapidKeyAnswer([property: JsonPropertyName("publicKey")] string PublicKey);
