using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>A coordinator stops a feed that does harm, or lets it run again (it is then due at once).</summary>
internal sealed class PauseFeed(Store store)
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/feeds/{id}/pause", (string id, PauseFeed pause, ClaimsPrincipal user, CancellationToken token) => AnswerAsync(id, true, pause, user, token)).WithSummary("Stops polling a feed.");
        routes.MapPost("/feeds/{id}/resume", (string id, PauseFeed pause, ClaimsPrincipal user, CancellationToken token) => AnswerAsync(id, false, pause, user, token)).WithSummary("Lets a paused feed run again.");
    }

    /// <summary>Sets or lifts the pause; setting it twice changes nothing. Refuses with 404 for an unknown feed.</summary>
    internal async Task<Feed> SetAsync(string feedId, bool paused, Caller caller, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var feed = await step.Db.Feeds.AsTracking().SingleOrDefaultAsync(row => row.Id == feedId && row.RemovedAt == null, cancellationToken)
            ?? throw new RefusalException("observations.no-feed", $"There is no feed '{feedId}'.", 404);
        if (feed.Paused != paused)
        {
            feed.Paused = paused;
            feed.NextDue = paused ? feed.NextDue : step.Now;
            feed.State = FeedHealth.Judge(feed, step.Now);
            feed.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
            await Audit.AppendAsync(step, AuditEntry.By(caller, paused ? "observations.feed-paused" : "observations.feed-resumed", $"feed:{feedId}"), cancellationToken);
            await step.CommitAsync(cancellationToken);
        }

        return feed;
    }

    private static async Task<IResult> AnswerAsync(string id, bool paused, PauseFeed pause, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok(FeedStatus.Of(await pause.SetAsync(id, paused, Caller.From(user), cancellationToken)));
}
